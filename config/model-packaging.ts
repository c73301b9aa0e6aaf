import type { Resources, SecretKey } from './model.js';
import type { Duration } from './values/duration.js';

/** How the files that training leaves become an image, and what is asked of it before it is released. */
export interface Packaging {
  /** Where the image is pushed to, without scheme: `registry.example.com/team/model`. */
  readonly repository: string;
  /** Is the registry reached without TLS? Default false. */
  readonly plainHttp: boolean;
  /** Image by digest that the files are put on; undefined: the files alone. */
  readonly base: string | undefined;
  /** Is a list of the files pushed beside the image? Default true. */
  readonly sbom: boolean;
  /** Looks at the files before they become an image; undefined: nobody does. */
  readonly modelScan: ModelScan | undefined;
  /** Looks at the image before it is released; undefined: nobody does. */
  readonly imageScan: ImageScan | undefined;
  /** undefined: the image is not signed. */
  readonly signing: Signing | undefined;
}

/** A program of others whose exit status decides. */
interface Program {
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly resources: Resources;
  readonly timeout: Duration;
}

export interface ModelScan extends Program {
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Variables with values of Secrets in the toolings namespace. */
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
}

/** From what severity on a known weakness refuses an image. */
export const weaknessSeverities = ['low', 'medium', 'high', 'critical'] as const;

export type WeaknessSeverity = (typeof weaknessSeverities)[number];

export type ImageScan = Program & (TrivyScan | RoxctlScan);

interface TrivyScan {
  readonly scanner: 'trivy';
  /** Default critical. */
  readonly severity: WeaknessSeverity;
}

interface RoxctlScan {
  readonly scanner: 'roxctl';
  /** `central.example.com:443`; its policies decide what is refused. */
  readonly endpoint: string;
  readonly tokenSecret: SecretKey;
}

/** Signing with cosign 3. */
export interface Signing extends Program {
  readonly command: readonly string[];
  /** Secret of the toolings namespace with `cosign.key` and `cosign.password`, as `cosign generate-key-pair` makes it. */
  readonly keySecret: string;
  /** URL of the Rekor that signatures are entered in; undefined: none. */
  readonly transparencyLog: string | undefined;
}

/** How images are pushed and pulled. */
export interface ImageRegistry {
  /** Secret of type kubernetes.io/dockerconfigjson in the toolings namespace; undefined: registries need none. */
  readonly credentials: string | undefined;
  /** The same for scanners, which only read. Default: the one above. */
  readonly pullCredentials: string | undefined;
  /** Authority that signed the registry's certificate; undefined: one that everybody knows. */
  readonly ca:
    { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string; readonly key: string } | undefined;
}
