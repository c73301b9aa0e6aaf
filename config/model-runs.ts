import type { CertificateSource, Receiver, SecretKey } from './model.js';

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
  /** undefined: nobody is told of runs, but by alerts. */
  readonly notify: RunNotifications | undefined;
}

/** What people may want to be told of a run. */
export const runEvents = ['started', 'refused', 'failed', 'trained', 'released', 'proposed'] as const;

export type RunEvent = (typeof runEvents)[number];

/** Who is told of runs, of what, and how. */
export interface RunNotifications {
  /** Of the platform's receivers; their filters by model and environment hold. */
  readonly receivers: readonly RunReceiver[];
  /** Default `refused`, `failed`, `released`, `proposed`. */
  readonly on: readonly RunEvent[];
  /** Templates (values/run-template.ts). */
  readonly title: string;
  readonly text: string;
}

/** PagerDuty opens incidents by alerts, which end by themselves; a run does not. */
export type RunReceiver = Exclude<Receiver, { readonly kind: 'pagerduty' }>;

/** A server, as a Pod of the toolings namespace reaches it. */
export interface ServerAccess {
  readonly url: string;
  /** Bearer token; undefined: it asks for none. */
  readonly tokenSecret: SecretKey | undefined;
  /** undefined: the authorities Node trusts. */
  readonly ca: CertificateSource | undefined;
}
