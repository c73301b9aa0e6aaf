import type { RehearsalRequest } from '../../../validate/rehearse/rehearsal.js';
import { pushCases } from './push-cases.js';

/** An event, and whether it starts a run of the model that is called like its kind. */
export interface EventCase {
  readonly name: string;
  readonly kind: string;
  readonly request: RehearsalRequest;
  readonly starts: boolean;
}

/** Every event that tests send; those of one kind begin with the captured one. */
export const eventCases: readonly EventCase[] = [...pushCases];
