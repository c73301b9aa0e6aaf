import { stringify } from 'yaml';
import { ciFile } from './ci/ci-file.js';
import type { CiKind } from './ci/ci-file.js';
import type { NativeFile } from '../config/dialects/course/write-native.js';

/** What `driftloop init` is told. */
export interface StarterAnswers {
  /** Name of the platform. */
  readonly platform: string;
  /** Name of the first model. */
  readonly model: string;
}

export interface StarterFile {
  readonly path: string;
  /** driftloop's own input; the others are a convenience, and what is there of them already is kept. */
  readonly own: boolean;
  readonly text: string;
}

/** The files of a new workspace: short, commented, and in order as they stand. */
export function writeStarter(answers: StarterAnswers, ci: CiKind): readonly StarterFile[] {
  return [
    { path: 'driftloop.yaml', own: true, text: platformText(answers) },
    { path: `models/${answers.model}.yaml`, own: true, text: modelText(answers) },
    ...conveniences(ci),
  ];
}

/** The files of a workspace whose own ones were written by the translation of another language. */
export function writeConverted(own: readonly NativeFile[], ci: CiKind): readonly StarterFile[] {
  const files = own.map(({ path, text }) => {
    const schema = path.includes('/') ? `../${schemas}/model` : `./${schemas}/driftloop`;
    return { path, own: true, text: `# yaml-language-server: $schema=${schema}.schema.json\n${text}` };
  });
  return [...files, ...conveniences(ci)];
}

function conveniences(ci: CiKind): readonly StarterFile[] {
  return [
    { path: 'cdk8s.yaml', own: false, text: cdk8sText },
    { path: '.gitignore', own: false, text: ignoreText },
    ciFile(ci),
  ];
}

/** Where a package that was installed beside the workspace has its schemas. */
const schemas = 'node_modules/driftloop/schemas';

function platformText({ platform }: StarterAnswers): string {
  return `# yaml-language-server: $schema=./${schemas}/driftloop.schema.json
# The platform: written once by its engineers. \`driftloop explain CODE\` and the editor help.
platform: ${scalar(platform)}
profile: kubernetes

# The GitOps repository that Argo CD reads. While this is commented out, \`driftloop publish\` commits to a local one.
# repository: { url: https://git.example.com/${platform}/gitops.git }
# The repository of these files; the release step of the pipelines needs it.
# source: { url: https://git.example.com/${platform}/platform.git }

namespaces:
  toolings: ${platform}-toolings
environments: # in the order of promotion
  test: { namespace: ${platform}-test }
  prod: { namespace: ${platform}-prod }

monitors:
  trustyai: { dialect: trustyai-java }
receivers:
  team-chat:
    slack: { channel: '#models', apiUrlSecret: { name: team-chat, key: url } }
images:
  steps: registry.example.com/driftloop/steps:0.1.0
`;
}

/** In quotes where YAML would read something else than text: `1e3`, `null`. */
function scalar(name: string): string {
  return stringify(name).trimEnd();
}

function modelText({ platform, model }: StarterAnswers): string {
  return `# yaml-language-server: $schema=../${schemas}/model.schema.json
model: ${scalar(model)}
source:
  repo: https://git.example.com/${platform}/${model}.git
drift:
  monitor: trustyai
  detectors:
    - metric: meanshift # a p-value: drifted when below the threshold
      features: [age, income]
      threshold: 0.05
      for: 10m
  onDrift: [notify, retrain]
training:
  image: registry.example.com/${platform}/${model}-train:1.0.0
  command: [python, train.py]
  timeout: 1h
gates:
  metrics:
    accuracy: { min: 0.75 }
serving:
  kind: deployment
  image: registry.example.com/${platform}/${model}-server:1.0.0
  port: 8080
`;
}

const cdk8sText = `# \`npx cdk8s synth\` gives the same as \`npx driftloop synth\`.
language: typescript
app: node node_modules/driftloop/build/main.js
`;

const ignoreText = `node_modules/
dist/
*.tmp-*/
.driftloop/
`;
