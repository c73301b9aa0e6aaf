import type { Model, Workspace } from '../../config/model.js';

/** What images of models are pushed, scanned and signed with; nothing when no model is packaged. */
export function describePackagingSecrets({ platform, models }: Workspace): readonly string[] {
  const { imageRegistry, namespaces } = platform;
  if (!models.some(({ packaging }) => packaging !== undefined)) return [];
  const where = `in \`${namespaces.toolings}\``;
  const { credentials, pullCredentials, ca } = imageRegistry ?? {};
  const dockerConfig = (name: string | undefined, purpose: string) =>
    name === undefined
      ? []
      : [`- \`${name}\` ${where}: \`.dockerconfigjson\` for ${purpose} images of models`];
  const scans = models.some(({ packaging }) => packaging?.imageScan !== undefined);
  return [
    ...dockerConfig(credentials, 'pushing'),
    ...(scans && pullCredentials !== credentials ? dockerConfig(pullCredentials, 'scanning') : []),
    ...(ca === undefined
      ? []
      : [
          `- ${ca.kind === 'ConfigMap' ? 'the ConfigMap ' : ''}\`${ca.name}\` ${where}: \`${ca.key}\`, the authority of the registry's certificate`,
        ]),
    ...models.flatMap((model) => describeModelSecrets(model, where)),
  ];
}

function describeModelSecrets({ name, packaging }: Model, where: string): readonly string[] {
  const { modelScan, imageScan, signing } = packaging ?? {};
  return [
    ...Object.values(modelScan?.secretEnv ?? {}).map(
      (secret) => `- \`${secret.name}\` ${where}: \`${secret.key}\` for scanning the files of ${name}`,
    ),
    ...(imageScan?.scanner === 'roxctl'
      ? [
          `- \`${imageScan.tokenSecret.name}\` ${where}: \`${imageScan.tokenSecret.key}\` for scanning images of ${name}`,
        ]
      : []),
    ...(signing === undefined
      ? []
      : [
          `- \`${signing.keySecret}\` ${where}: \`cosign.key\`, \`cosign.password\` for signing images of ${name}`,
        ]),
  ];
}
