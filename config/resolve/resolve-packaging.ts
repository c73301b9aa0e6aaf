import { z } from 'zod';
import {
  builtInImageScan,
  builtInModelScan,
  builtInPackage,
  builtInWeakness,
  builtInSigning,
} from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { ImageScan, ModelScan, Packaging, Signing } from '../model-packaging.js';
import type { ProblemCollector } from '../problem-collector.js';
import { reportIssue } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import { packageSchema, scanSchema, signSchema } from '../schema/packaging-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { duration } from '../values/duration.js';
import { resolveModelRepository } from '../values/model-repository.js';
import { canonicalQuantity } from '../values/quantity.js';
import type { Layer } from './layers.js';
import { mergeLayers, placeIn } from './layers.js';
import type { OriginRecorder } from './origins.js';

interface PackagingContext {
  readonly input: ModelInput;
  readonly file: YamlFile;
  readonly platform: { readonly input: Pick<PlatformInput, 'defaults'>; readonly file: YamlFile };
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

type Sections = Pick<ModelInput, 'package' | 'scan' | 'sign'>;

const merged = z.object({
  package: packageSchema,
  scan: scanSchema.optional(),
  sign: signSchema.optional(),
});

/** How what training leaves becomes an image; undefined when it is none of ours, or not enough is said. */
export function resolvePackaging(context: PackagingContext): Packaging | undefined {
  const { input, file, problems, recorder } = context;
  if (input.package === undefined || input.training === undefined) {
    refuseUnused(context);
    return undefined;
  }
  const layers = stackLayers(context);
  const data = mergeLayers(layers);
  for (const section of ['package', 'scan', 'sign']) recorder.record(input.model, data, layers, [section]);
  const result = merged.safeParse(data);
  if (result.success) {
    return checkScanner(result.data, layers, problems) ? canonical(result.data, input.model) : undefined;
  }
  for (const issue of result.error.issues) {
    reportIssue(issue, {
      data,
      // What nobody wrote is missing in the model, whose section it is.
      placeOf: (path) => (path.length < 2 ? { file, path: ['package'] } : placeIn(layers, path)),
      describe: () => jsonSchemas().model,
      problems,
    });
  }
  return undefined;
}

function stackLayers({ input, file, platform }: PackagingContext): readonly Layer<Sections>[] {
  const { defaults } = platform.input;
  const said: Layer<Sections>[] = [
    {
      name: 'platform defaults',
      data: defaults && { package: defaults.package, scan: defaults.scan, sign: defaults.sign },
      written: { file: platform.file, base: ['defaults'] },
    },
    {
      name: 'model',
      data: { package: input.package, scan: input.scan, sign: input.sign },
      written: { file, base: [] },
    },
  ];
  return [{ name: 'built-in default', data: chooseDefaults(mergeLayers(said)), written: undefined }, ...said];
}

/** Only of what somebody asks for. */
function chooseDefaults({ scan, sign }: Partial<Sections>): Sections {
  const severity = scan?.image?.scanner === 'roxctl' ? {} : builtInWeakness;
  return {
    package: builtInPackage,
    ...(scan && {
      scan: {
        ...(scan.model && { model: { ...builtInModelScan, args: [] } }),
        ...(scan.image && { image: { ...builtInImageScan, ...severity } }),
      },
    }),
    ...(sign && { sign: { ...builtInSigning, command: [...builtInSigning.command] } }),
  };
}

/** What the model asks for and nothing would do; what defaults ask for is meant for others. */
function refuseUnused({ input, file, problems }: PackagingContext): void {
  const reason =
    input.training === undefined
      ? 'nothing trains the model'
      : 'the model has no `package`: training pushes it itself';
  for (const section of ['package', 'scan', 'sign'] as const) {
    if (input[section] === undefined) continue;
    problems.error(
      'CONFIG_PACKAGE_UNUSED',
      { file, path: [section], key: true },
      {
        message: `\`${section}\` has no effect, because ${reason}.`,
        hint:
          input.training === undefined
            ? 'Describe the `training`, or remove the section.'
            : 'Write `package: {}` when training leaves the files of the model, or remove the section.',
      },
    );
  }
}

/** Each scanner has its own way to say what is bad enough. */
function checkScanner(
  { scan }: z.output<typeof merged>,
  layers: readonly Layer<Sections>[],
  problems: ProblemCollector,
): boolean {
  if (scan?.image === undefined) return true;
  const { scanner } = scan.image;
  const at = (key: string) => placeIn(layers, ['scan', 'image', key]);
  const [own, others] =
    scanner === 'trivy'
      ? [['severity'], ['endpoint', 'tokenSecret']]
      : [['endpoint', 'tokenSecret'], ['severity']];
  const said = new Set(Object.keys(scan.image));
  const missing = own.filter((key) => !said.has(key));
  const unused = others.filter((key) => said.has(key));
  for (const key of missing) {
    problems.error('CONFIG_KEY_MISSING', at('scanner'), {
      message: `\`scan.image.${key}\` is missing: ${scanner} needs it.`,
      hint: 'Write `endpoint: central.example.com:443` and `tokenSecret: { name: …, key: … }`.',
    });
  }
  for (const key of unused) {
    problems.error('CONFIG_PACKAGE_UNUSED', at(key), {
      message: `\`scan.image.${key}\` has no effect: it is not for ${scanner}.`,
      hint: 'Remove it, or name the other `scanner`.',
    });
  }
  return missing.length + unused.length === 0;
}

function canonical({ package: settings, scan, sign }: z.output<typeof merged>, model: string): Packaging {
  const { name, plainHttp } = resolveModelRepository(settings.repository, model);
  return {
    repository: name,
    plainHttp,
    base: settings.base === 'none' ? undefined : settings.base,
    sbom: settings.sbom,
    modelScan: scan?.model && canonicalModelScan(scan.model),
    imageScan: scan?.image && canonicalImageScan(scan.image),
    signing: sign && canonicalSigning(sign),
  };
}

type Scans = z.output<typeof scanSchema>;

function canonicalModelScan({
  command,
  args,
  secretEnv,
  ...program
}: NonNullable<Scans['model']>): ModelScan {
  return { ...canonicalProgram(program), command, args, secretEnv };
}

function canonicalImageScan(scan: NonNullable<Scans['image']>): ImageScan | undefined {
  const { scanner, severity, endpoint, tokenSecret } = scan;
  const program = canonicalProgram(scan);
  if (scanner === 'trivy') return severity && { ...program, scanner, severity };
  return endpoint === undefined || tokenSecret === undefined
    ? undefined
    : { ...program, scanner, endpoint, tokenSecret };
}

function canonicalSigning({
  command,
  keySecret,
  transparencyLog,
  ...program
}: z.output<typeof signSchema>): Signing {
  return { ...canonicalProgram(program), command, keySecret, transparencyLog };
}

function canonicalProgram({
  image,
  env,
  resources,
  timeout,
}: Pick<z.output<typeof signSchema>, 'image' | 'env' | 'resources' | 'timeout'>) {
  return {
    image,
    env,
    resources: { cpu: canonicalQuantity(resources.cpu), memory: canonicalQuantity(resources.memory) },
    timeout: duration(timeout),
  };
}
