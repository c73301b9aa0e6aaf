import { parseRemote } from '../gitops/git/remote.js';
import type { Credentials, Remote } from '../gitops/git/remote.js';
import { StepFailure } from './step-failure.js';

/** A repository by its address; a step has no working directory that a relative one could mean. */
export function openRemote(address: string, credentials: Credentials | undefined): Remote {
  const { value, problems } = parseRemote(address, '/', credentials);
  if (value === undefined) throw new StepFailure(`${problems.map(({ message }) => message).join('; ')}.`);
  return value;
}
