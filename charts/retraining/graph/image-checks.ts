import { weaknessSeverities } from '../../../config/model.js';
import type { ImageScan, Packaging, Platform, Signing } from '../../../config/model.js';
import { reportFiles, runFolders } from '../../contract.js';
import { describeMount, imageMounts, programImageVariables } from '../../tasks/image-access.js';
import { packageModel } from '../../tasks/package.js';
import { programParams, volumePath } from '../../tasks/program-task.js';
import type { ProgramTask } from '../../tasks/program-task.js';
import { planSbom } from './artifact.js';
import { resultOf } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** What looks at the image before it is signed: a scanner, whose exit status decides, and the list of what is in it. */
export function planImageChecks(context: GraphContext): readonly Stage[] {
  const { platform, model } = context;
  const { packaging } = model;
  const scan = packaging?.imageScan;
  return [
    ...(packaging === undefined || scan === undefined ? [] : [planScan(platform, packaging, scan)]),
    ...planSbom(context),
  ];
}

/** Signs the image, and as signed statements the list of its files and where it comes from. */
export function planSigning({ platform, model: { packaging } }: GraphContext): readonly Stage[] {
  const signing = packaging?.signing;
  if (packaging === undefined || signing === undefined) return [];
  return [programStage('sign', signing.timeout, describeSigning(platform, packaging, signing))];
}

const imageParam = programParams.image;
const image = `$(params.${imageParam.name})`;

function programStage(name: string, timeout: Stage['timeout'], task: ProgramTask): Stage {
  const url = resultOf(packageModel, 'MODEL_IMAGE_URL');
  const digest = resultOf(packageModel, 'MODEL_IMAGE_DIGEST');
  const params = { [imageParam.name]: `${url}@${digest}` };
  return { kind: 'program', name, params, timeout, retries: 1, results: [], conditions: [], task };
}

function planScan(platform: Platform, packaging: Packaging, scan: ImageScan): Stage {
  const { env, resources, timeout } = scan;
  return programStage('scan-image', timeout, {
    ...describeScanner(scan),
    step: 'scan',
    image: scan.image,
    env: {
      ...programImageVariables(platform, 'pull'),
      ...(scan.scanner === 'trivy' && packaging.plainHttp && { TRIVY_NON_SSL: 'true' }),
      ...(scan.scanner === 'roxctl' && { ROX_ENDPOINT: scan.endpoint }),
      ...env,
    },
    resources: { requests: { ...resources }, limits: { ...resources } },
    params: [imageParam],
    writes: false,
    before: [],
    mounts: imageMounts(platform, 'pull'),
  });
}

/** How each scanner is told that what it finds is its exit status. */
function describeScanner(scan: ImageScan): Pick<ProgramTask, 'command' | 'args' | 'secretEnv'> {
  if (scan.scanner === 'roxctl') {
    return {
      command: ['roxctl'],
      args: ['image', 'check', `--image=${image}`],
      secretEnv: { ROX_API_TOKEN: scan.tokenSecret },
    };
  }
  const refused = weaknessSeverities.slice(weaknessSeverities.indexOf(scan.severity));
  const severities = refused.map((severity) => severity.toUpperCase()).join(',');
  return {
    command: ['trivy'],
    args: ['image', '--no-progress', '--exit-code=1', `--severity=${severities}`, image],
    secretEnv: {},
  };
}

/** Where a Task has what cosign signs with. */
const keyFolder = '/var/run/driftloop/cosign';
/** Of the Secret that `cosign generate-key-pair k8s://…` makes. */
const keyNames = { key: 'cosign.key', password: 'cosign.password' } as const;
/** In Tekton's folder that the steps of a Task share. */
const signingConfig = '/tekton/home/signing-config.json';

function describeSigning(platform: Platform, packaging: Packaging, signing: Signing): ProgramTask {
  const { command, env, keySecret, resources } = signing;
  const report = `${volumePath}/${runFolders.report}`;
  const common = [
    `--key=${keyFolder}/${keyNames.key}`,
    `--signing-config=${signingConfig}`,
    ...(packaging.plainHttp ? ['--allow-http-registry'] : []),
    '--yes',
  ];
  const attest = (type: string, file: string) => [
    'attest',
    `--type=${type}`,
    `--predicate=${report}/${file}`,
    ...common,
    image,
  ];
  return {
    step: 'configure',
    image: signing.image,
    command,
    // Without a configuration of its own, cosign asks Sigstore's public servers, and enters signatures there.
    args: ['signing-config', 'create', ...describeLog(signing), `--out=${signingConfig}`],
    then: [
      { step: 'sign', args: ['sign', ...common, image] },
      { step: 'attest-provenance', args: attest('slsaprovenance1', reportFiles.provenance) },
      ...(packaging.sbom ? [{ step: 'attest-sbom', args: attest('spdxjson', reportFiles.sbom) }] : []),
    ],
    env: { ...programImageVariables(platform, 'push'), ...env },
    secretEnv: { COSIGN_PASSWORD: { name: keySecret, key: keyNames.password } },
    resources: { requests: { ...resources }, limits: { ...resources } },
    params: [imageParam],
    writes: false,
    before: [],
    mounts: [
      ...imageMounts(platform, 'push'),
      describeMount('cosign', keyFolder, {
        secret: { secretName: keySecret, items: [{ key: keyNames.key, path: keyNames.key }] },
      }),
    ],
  };
}

function describeLog({ transparencyLog }: Signing): readonly string[] {
  if (transparencyLog === undefined) return [];
  const service = `url=${transparencyLog},api-version=1,start-time=2024-01-01T00:00:00Z,operator=driftloop`;
  return [`--rekor=${service}`, '--rekor-config=ANY'];
}
