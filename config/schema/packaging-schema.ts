import { z } from 'zod';
import { weaknessSeverities } from '../model-packaging.js';
import {
  checkBase,
  checkHostAndPort,
  checkLogUrl,
  checkModelRepository,
} from '../values/model-repository.js';
import { authoritySchema } from './cluster-schema.js';
import { commandLine, resourcesSchema, variables } from './pod-schema.js';
import { secretKey } from './secret-schema.js';
import { image, positiveDuration, secretName, text, variableName } from './texts.js';

const program = {
  image: image.describe('Image of the program, pinned.'),
  env: variables.describe('Environment variables of the program; never secrets.'),
  resources: resourcesSchema.pick({ cpu: true, memory: true }).describe('What the program gets.'),
  timeout: positiveDuration.describe('Deadline of the program.'),
};

/** `package`, all layers merged. */
export const packageSchema = z.strictObject({
  repository: text(checkModelRepository, 'CONFIG_IMAGE').describe(
    'Where the image is pushed to, without tag; `{model}` stands for the name of the model, and `http://` before it for a registry without TLS.',
  ),
  base: text(checkBase, 'CONFIG_IMAGE').describe(
    'Image by digest that the files are put on, or `none`. KServe starts the image of a model to hand out its files, and needs `ln` and `sleep` in it, unless it mounts images itself.',
  ),
  sbom: z.boolean().describe('Is a list of the files (SPDX) pushed beside the image? Default true.'),
});

const modelScan = z.strictObject({
  ...program,
  command: commandLine
    .min(1)
    .describe('Command of the scanner; it runs in the folder with the files, which it cannot change.'),
  args: commandLine.describe('Arguments of the scanner.'),
  secretEnv: z
    .record(variableName, secretKey)
    .describe('Environment variables with values of Secrets in the toolings namespace.'),
});

const imageScan = z.strictObject({
  ...program,
  scanner: z.enum(['trivy', 'roxctl']).describe('Which scanner the image holds. Default `trivy`.'),
  severity: z
    .enum(weaknessSeverities)
    .optional()
    .describe('Trivy: a weakness as severe as this refuses the image. Default `critical`.'),
  endpoint: text(checkHostAndPort, 'CONFIG_VALUE')
    .optional()
    .describe('roxctl: host and port of Central, whose policies decide.'),
  tokenSecret: secretKey.optional().describe('roxctl: Secret of the toolings namespace with the API token.'),
});

/** `scan`, all layers merged. */
export const scanSchema = z.strictObject({
  model: modelScan.optional().describe('Looks at the files of the model before they become an image.'),
  image: imageScan.optional().describe('Looks at the image before it is released.'),
});

/** `sign`, all layers merged. */
export const signSchema = z.strictObject({
  ...program,
  command: commandLine.min(1).describe('Command of cosign 3 in its image. Default `[/ko-app/cosign]`.'),
  keySecret: secretName.describe(
    'Secret of the toolings namespace with `cosign.key` and `cosign.password`, as `cosign generate-key-pair k8s://…` makes it.',
  ),
  transparencyLog: text(checkLogUrl, 'CONFIG_URL')
    .optional()
    .describe('URL of the Rekor that every signature is entered in, for everybody to see. Default: none.'),
});

const settingsOf = {
  package: packageSchema.partial(),
  scan: z.strictObject({
    model: modelScan
      .partial()
      .extend({ resources: program.resources.partial().describe('What the program gets.') })
      .partial()
      .optional()
      .describe(scanSchema.shape.model.description ?? ''),
    image: imageScan
      .partial()
      .extend({ resources: program.resources.partial().describe('What the program gets.') })
      .partial()
      .optional()
      .describe(scanSchema.shape.image.description ?? ''),
  }),
  sign: signSchema
    .partial()
    .extend({ resources: program.resources.partial().describe('What the program gets.') })
    .partial(),
};

/** What one layer says about packaging. */
export const packagingSettings = {
  package: settingsOf.package
    .optional()
    .describe(
      'Makes an image of the files that training leaves in `model/`; without it training pushes the model itself.',
    ),
  scan: settingsOf.scan.optional().describe('What must find nothing before the model is released.'),
  sign: settingsOf.sign.optional().describe('Signs the image, and what is known about it, with cosign.'),
};

/** `imageRegistry` of `driftloop.yaml`. */
export const imageRegistrySchema = z.strictObject({
  credentials: secretName
    .optional()
    .describe('Secret of type kubernetes.io/dockerconfigjson in the toolings namespace, which may push.'),
  pullCredentials: secretName
    .optional()
    .describe('The same for scanners, which only read. Default: `credentials`.'),
  ca: authoritySchema
    .extend({ name: secretName.describe('Name of the object, in the toolings namespace.') })
    .partial({ kind: true, key: true })
    .optional()
    .describe("Who signed the registry's certificate. Default: an authority that everybody knows."),
});
