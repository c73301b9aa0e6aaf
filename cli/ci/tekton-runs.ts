import { nodeImage } from './pinned.js';

/** One program, without a shell; Tekton makes the folder and the home. */
function step(name: string, command: readonly string[]): string {
  return `            - name: ${name}
              image: ${nodeImage}
              workingDir: /workspace/source
              command: ${JSON.stringify(command)}
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }`;
}

const variables = `
              env:
                - name: DRIFTLOOP_FORGE_TOKEN
                  valueFrom: { secretKeyRef: { name: driftloop-ci, key: forge-token } }
                - name: DRIFTLOOP_GIT_USERNAME
                  valueFrom: { secretKeyRef: { name: driftloop-ci, key: git-username } }
                - name: DRIFTLOOP_GIT_PASSWORD
                  valueFrom: { secretKeyRef: { name: driftloop-ci, key: git-password } }`;

const prepare = [
  step('init', ['git', 'init', '--quiet', '.']),
  step('fetch', ['git', 'fetch', '--quiet', '--depth=1', '$(params.repository)', '$(params.revision)']),
  step('checkout', ['git', 'checkout', '--quiet', 'FETCH_HEAD']),
  step('install', ['npm', 'ci']),
  step('check', ['npx', 'driftloop', 'check']),
];

interface Run {
  readonly name: string;
  readonly event: 'pull_request' | 'push';
  /** Parameters with what Pipelines as Code puts there. */
  readonly params: Readonly<Record<string, string>>;
  /** Is a run given up when a newer commit comes? */
  readonly cancel: boolean;
  readonly steps: readonly string[];
}

/** A run with one Task, because what was installed is needed by every step. */
function formatRun({ name, event, params, cancel, steps }: Run): string {
  const names = Object.keys(params);
  const list = (indent: number, format: (param: string) => string) =>
    names.map((param) => `${' '.repeat(indent)}- { name: ${param}${format(param)} }`).join('\n');
  return `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: ${name}
  annotations:
    pipelinesascode.tekton.dev/on-event: "[${event}]"
    pipelinesascode.tekton.dev/on-target-branch: "[main]"
    pipelinesascode.tekton.dev/cancel-in-progress: "${cancel}"
    pipelinesascode.tekton.dev/max-keep-runs: "5"
spec:
  timeouts: { pipeline: 30m }
  params:
${list(4, (param) => `, value: "${params[param] ?? ''}"`)}
  workspaces:
    - { name: credentials, secret: { secretName: "{{ git_auth_secret }}" } }
  taskRunTemplate:
    podTemplate:
      automountServiceAccountToken: false
      securityContext:
        { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: RuntimeDefault } }
  pipelineSpec:
    params:
${list(6, () => '')}
    workspaces: [{ name: credentials }]
    tasks:
      - name: driftloop
        params:
${list(10, (param) => `, value: $(params.${param})`)}
        workspaces: [{ name: credentials, workspace: credentials }]
        taskSpec:
          params:
${list(12, () => '')}
          workspaces: [{ name: credentials, readOnly: true }]
          stepTemplate:
            env:
              - { name: HOME, value: /tekton/home }
              - { name: GIT_CONFIG_COUNT, value: "1" }
              - { name: GIT_CONFIG_KEY_0, value: credential.helper }
              - { name: GIT_CONFIG_VALUE_0, value: store --file=$(workspaces.credentials.path)/.git-credentials }
          steps:
${[...prepare, ...steps].join('\n')}
`;
}

const source = { repository: '{{ repo_url }}', revision: '{{ revision }}' };

/** For Pipelines as Code, which runs what stands in `.tekton/` and reports to the forge. */
export const tektonRuns = `# For Pipelines as Code: checks the workspace, tells pull requests what they would change in the cluster, and publishes
# what is merged. The Secret driftloop-ci holds forge-token, git-username and git-password. Only people whom Pipelines
# as Code trusts start runs; on GitLab the address of the request is \`{{ body.object_attributes.url }}\`.
${[
  formatRun({
    name: 'driftloop-diff',
    event: 'pull_request',
    params: { ...source, 'pull-request': '{{ body.pull_request.html_url }}' },
    cancel: true,
    steps: [step('diff', ['npx', 'driftloop', 'diff', '--comment', '$(params.pull-request)']) + variables],
  }),
  formatRun({
    name: 'driftloop-publish',
    event: 'push',
    params: source,
    cancel: false,
    steps: [step('publish', ['npx', 'driftloop', 'publish']) + variables],
  }),
].join('---\n')}`;
