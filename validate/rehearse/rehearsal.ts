import type { Problem } from '../../problems/problem.js';
import type { KubernetesObject } from '../../synth/manifest.js';

/** The stations of an alert on its way to a run. */
export type HopName = 'route' | 'request' | 'listener' | 'interceptor' | 'binding' | 'template' | 'admission';

/** What happened at one station. */
export interface Hop {
  readonly hop: HopName;
  /** `namespace/name` of the Trigger that walks here; undefined: the whole request does. */
  readonly trigger?: string;
  /** The object that decided: `Trigger mlops-toolings/jukebox-test-alert`. */
  readonly subject: string;
  /** `refused`: not wanted, all is well; `failed`: something is wrong. */
  readonly outcome: 'passed' | 'refused' | 'failed';
  /** One sentence for people. */
  readonly detail: string;
  /** Set when the station gave names to values: extensions, params. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What became of a request. */
export interface Rehearsal {
  /** What the caller sees: 202 for whatever is JSON, else 400. */
  readonly status: number;
  readonly hops: readonly Hop[];
  /** What the API server would have stored. */
  readonly created: readonly KubernetesObject[];
  /** Found in what was created: it would start and then fail. */
  readonly problems: readonly Problem[];
}

/** An HTTP request as Alertmanager makes it. */
export interface RehearsalRequest {
  /** In any spelling. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * Path and query.
   * @default '/'
   */
  readonly path?: string;
}

export interface RehearsalOptions {
  /**
   * Content of the Secret the Triggers compare with.
   * @default - the Secret does not exist
   */
  readonly token?: string;
  /**
   * Objects that are there already, as `describeObject` writes them: `PipelineRun ns/name`.
   * @default - none
   */
  readonly existing?: ReadonlySet<string>;
}
