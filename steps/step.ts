import type { z } from 'zod';
import type { MonitoringName } from '../charts/tasks/credentials.js';
import type { StepContract } from '../charts/tasks/step-contract.js';
import type { Credentials } from '../gitops/git/remote.js';
import type { Log } from './log.js';
import type { KubernetesApi } from './kubernetes-api.js';
import type { RegistryAccess } from './oci/session.js';

/** What a server of the monitoring wants, and who vouches for it. */
export interface MonitoringAccess {
  /** Bearer token; undefined: it asks for none. */
  readonly token: string | undefined;
  /** The one authority that is trusted, as PEM; undefined: those Node trusts. */
  readonly authority: string | undefined;
}

/** What a step finds around it, besides its params. */
export interface StepContext {
  /** Folder of the run's volume; only steps with `workspace: true` may ask. */
  readonly workspace: () => string;
  /** The cluster the step runs in. */
  readonly api: () => KubernetesApi;
  /** undefined: repositories need none. */
  readonly credentials: Credentials | undefined;
  /** The listener's bearer token; only steps that ask it for runs have it. */
  readonly listenerToken: () => string;
  /** Registries of images, with the credentials and authorities that the Task mounts. */
  readonly registries: () => Promise<RegistryAccess>;
  /** What a step with `handsOver: true` knows of its own place. */
  readonly place: () => RunPlace;
  readonly now: () => Date;
  /** Waits, in milliseconds; rejects when the signal aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Aborts when the step is told to end. Who asks for it must end by itself then, and soon. */
  readonly stopped: () => AbortSignal;
  /** How a server of the monitoring is talked to; only steps that ask it have a token for it. */
  readonly server: (name: MonitoringName) => MonitoringAccess;
  /** A variable with a secret of those that the contract asks for; undefined: there is none. */
  readonly secret: (variable: string) => string | undefined;
  /** One readable line per event. */
  readonly log: Log;
}

/** Where in the cluster a step runs. */
export interface RunPlace {
  /** Claim of the run's volume. */
  readonly claim: string;
  readonly taskRun: string;
}

/** A contract with the code that keeps it. */
export interface Step<Contract extends StepContract = StepContract> {
  readonly contract: Contract;
  perform(params: z.output<Contract['params']>, context: StepContext): Promise<ResultsOf<Contract>>;
}

type ResultsOf<Contract extends StepContract> = Readonly<Record<keyof Contract['results'], string>>;
