import type { z } from 'zod';
import type { StepContract } from '../charts/tasks/step-contract.js';
import type { Credentials } from '../gitops/git/remote.js';
import type { Log } from './log.js';
import type { KubernetesApi } from './kubernetes-api.js';
import type { RegistryAccess } from './oci/session.js';

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
  readonly now: () => Date;
  /** One readable line per event. */
  readonly log: Log;
}

/** A contract with the code that keeps it. */
export interface Step<Contract extends StepContract = StepContract> {
  readonly contract: Contract;
  perform(params: z.output<Contract['params']>, context: StepContext): Promise<ResultsOf<Contract>>;
}

type ResultsOf<Contract extends StepContract> = Readonly<Record<keyof Contract['results'], string>>;
