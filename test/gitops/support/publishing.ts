import { join } from 'node:path';
import type { Clock } from '../../../gitops/clock.js';
import { publish } from '../../../gitops/publish/publish.js';
import type { PublishRequest, PublishResult } from '../../../gitops/publish/publish-request.js';
import type { Checked } from '../../../problems/problem.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { source } from './publishing-source.js';
import { temporaryFolder } from './repository.js';
import { workspace } from './units.js';

export { source };

/** Waits in no time and remembers for how long it was asked to. */
export function instantClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date('2026-11-21T12:00:00Z'),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
  };
}

/** Publishes these units to a repository, with everything else at its usual value. */
export function publishUnits(
  repository: string,
  units: readonly RenderedUnit[],
  more: Partial<PublishRequest> = {},
): Promise<Checked<PublishResult>> {
  return publish({
    workspace,
    remote: { url: repository, credentials: undefined },
    branch: 'main',
    render: () => ({ value: units, problems: [] }),
    source,
    clock: instantClock(),
    lockDirectory: join(temporaryFolder(), 'locks'),
    ...more,
  });
}

/** The result, where problems would be a failure of the test. */
export async function succeeded(outcome: Promise<Checked<PublishResult>>): Promise<PublishResult> {
  const { value, problems } = await outcome;
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}
