import type { Workspace } from '../../config/model.js';
import type { QuarantinedVersion } from '../../config/quarantine.js';
import type { Release } from '../../config/release.js';
import { suggest } from '../../config/suggest.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { Problem } from '../../problems/problem.js';

function problem(code: ProblemCode, message: string, hint: string): Problem {
  return { code, severity: 'error', message, hint };
}

/** Names that the workspace does not have. */
export function checkNames(
  workspace: Workspace,
  model: string,
  environments: readonly string[],
): readonly Problem[] {
  const known = workspace.environments.map(({ name }) => name);
  const models = workspace.models.map(({ name }) => name);
  return [
    ...environments
      .filter((name) => !known.includes(name))
      .map((name) => unknown('environment', name, known)),
    ...(models.includes(model) ? [] : [unknown('model', model, models)]),
  ];
}

function unknown(what: string, name: string, known: readonly string[]): Problem {
  return problem(
    'GITOPS_RELEASE_UNKNOWN',
    `the workspace has no ${what} "${name}"`,
    suggest(name, known).hint,
  );
}

/** @param action what was to be done: `release`, `promote` */
export function refuseQuarantined(
  { model, version, environment }: Pick<Release, 'model' | 'version' | 'environment'>,
  { at, by, reason, version: bad }: QuarantinedVersion,
): Problem {
  const same = bad === version ? '' : ` (it is the content of version ${bad})`;
  const because = reason === undefined ? '' : `: ${reason}`;
  return problem(
    'GITOPS_RELEASE_QUARANTINED',
    `version ${version} of ${model}${same} cannot come to ${environment}: ${by} quarantined it at ${at}${because}`,
    `Release another version. If it is good after all, run \`driftloop lift ${model} --version ${bad}\`.`,
  );
}

/** @param known versions that are quarantined */
export function refuseNotQuarantined(model: string, version: string, known: readonly string[]): Problem {
  const hint =
    known.length === 0 ? `No version of ${model} is quarantined.` : `Quarantined are: ${known.join(', ')}.`;
  return problem('GITOPS_RELEASE_NOT_QUARANTINED', `version ${version} of ${model} is not quarantined`, hint);
}

export function refusePinned({ model, environment, version, pinned }: Release, hint: string): Problem {
  const because = pinned?.reason === undefined ? '' : `: ${pinned.reason}`;
  return problem(
    'GITOPS_RELEASE_PINNED',
    `${environment} is pinned to version ${version} of ${model} since ${pinned?.by ?? ''} rolled it back from ${pinned?.insteadOf ?? ''} at ${pinned?.at ?? ''}${because}`,
    hint,
  );
}

export function refuseUnverified({ model, environment, version }: Release): Problem {
  return problem(
    'GITOPS_RELEASE_UNVERIFIED',
    `version ${version} of ${model} was not verified in ${environment}`,
    `Test it there, then run \`driftloop verify ${model} --env ${environment} --version ${version}\`.`,
  );
}

export function refuseOlder(candidate: Release, current: Release): Problem {
  return problem(
    'GITOPS_RELEASE_OLDER',
    `version ${candidate.version} of ${candidate.model} is older than version ${current.version}, which ${current.environment} runs`,
    `To go back, run \`driftloop rollback ${current.model} --env ${current.environment} --to ${candidate.version}\`.`,
  );
}

export function refuseOtherVersion(current: Release, asked: string): Problem {
  return problem(
    'GITOPS_RELEASE_OTHER_VERSION',
    `${current.environment} runs version ${current.version} of ${current.model}, not ${asked}`,
    `Name what runs there: --version ${current.version}.`,
  );
}

export function refuseOtherContent(current: Release, tested: string): Problem {
  return problem(
    'GITOPS_RELEASE_OTHER_VERSION',
    `version ${current.version} of ${current.model} in ${current.environment} is ${current.image}, not ${tested}`,
    'Test what runs there.',
  );
}

export function refuseNothingReleased(model: string, environment: string): Problem {
  return problem(
    'GITOPS_RELEASE_MISSING',
    `no version of ${model} was released to ${environment}`,
    `Release one with \`driftloop release ${model} --env ${environment}\`.`,
  );
}

/** @param environments in the order of promotion */
export function refuseDirection(from: string, to: string, environments: readonly string[]): Problem {
  const message =
    from === to
      ? `${from} cannot be promoted to itself`
      : `${from} comes after ${to}, and versions are promoted the other way`;
  return problem('GITOPS_PROMOTION_ORDER', message, `The order of promotion is: ${environments.join(', ')}.`);
}

export function refuseNoWayBack(model: string, environment: string, known: readonly string[]): Problem {
  const hint =
    known.length === 0
      ? `Nothing else was ever released there; release another version with \`driftloop release ${model} --env ${environment}\`.`
      : `Name one with --to; ${environment} ran ${known.join(', ')}.`;
  return problem(
    'GITOPS_ROLLBACK_NOWHERE',
    `${environment} has no earlier version of ${model} that was verified and is not quarantined`,
    hint,
  );
}

export function refuseUnknownVersion(
  model: string,
  environment: string,
  version: string,
  known: readonly string[],
): Problem {
  return problem(
    'GITOPS_ROLLBACK_UNKNOWN',
    `${environment} never ran version ${version} of ${model}`,
    known.length === 0 ? 'Nothing else was ever released there.' : `It ran ${known.join(', ')}.`,
  );
}

export function refuseBoth({ environment, model, version }: Release): Problem {
  return problem(
    'GITOPS_ROLLBACK_NOWHERE',
    `${environment} runs version ${version} of ${model}, which cannot be gone back to and quarantined at once`,
    'Name the version to go back to with --to, or leave out --quarantine.',
  );
}
