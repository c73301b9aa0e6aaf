import type { CertificateSource, SecretKey } from './model.js';

/** How steps of runs tell what they do: lines for people, or one JSON object per line. */
export const logFormats = ['text', 'json'] as const;

export type LogFormat = (typeof logFormats)[number];

/** What holds for the runs of all models. */
export interface Runs {
  /** Default `text`. */
  readonly log: LogFormat;
  /** undefined: admission asks for no samples. */
  readonly prometheus: ServerAccess | undefined;
  /** undefined: admission does not ask whether alerts still fire. */
  readonly alertmanager: ServerAccess | undefined;
}

/** A server, as a Pod of the toolings namespace reaches it. */
export interface ServerAccess {
  readonly url: string;
  /** Bearer token; undefined: it asks for none. */
  readonly tokenSecret: SecretKey | undefined;
  /** undefined: the authorities Node trusts. */
  readonly ca: CertificateSource | undefined;
}
