import type { KeyPath } from '../load/key-path.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { AccessGrant, Environment } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { AccessInput } from '../schema/fleet-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import type { Written } from './resolve-model.js';
import { refuseUnknownEnvironment } from './unknown-environment.js';

interface AccessContext {
  readonly environments: readonly Environment[];
  readonly problems: ProblemCollector;
}

/** Who may do what where; undefined when `driftloop.yaml` says nothing about it. */
export function resolveAccess(
  { file, input }: Written<PlatformInput>,
  context: AccessContext,
): readonly AccessGrant[] | undefined {
  const asked = input.access !== undefined || Object.values(input.teams ?? {}).some(({ access }) => access);
  if (!asked) return undefined;
  return [
    ...checkGrants(input.access ?? [], { file, base: ['access'], team: undefined }, context),
    ...Object.entries(input.teams ?? {}).flatMap(([team, { access = [] }]) =>
      checkGrants(access, { file, base: ['teams', team, 'access'], team }, context),
    ),
  ];
}

interface GrantPlace {
  readonly file: YamlFile;
  readonly base: KeyPath;
  readonly team: string | undefined;
}

/** Grants of one list, with their mistakes reported. */
function checkGrants(grants: AccessInput, place: GrantPlace, context: AccessContext): readonly AccessGrant[] {
  const known = context.environments.map(({ name }) => name);
  return grants.map((grant, index) => {
    checkGrant(grant, { ...place, base: [...place.base, index] }, known, context.problems);
    const { kind, name, namespace, role, environments } = grant;
    return { kind, name, namespace, role, environments: environments ?? known, team: place.team };
  });
}

function checkGrant(
  { kind, name, namespace, environments = [] }: AccessInput[number],
  { file, base }: GrantPlace,
  known: readonly string[],
  problems: ProblemCollector,
): void {
  if ((kind === 'ServiceAccount') !== (namespace !== undefined)) {
    const [message, hint] =
      namespace === undefined
        ? [
            `The ServiceAccount \`${name}\` needs the key \`namespace\`.`,
            'Two namespaces may have accounts of one name.',
          ]
        : [`The ${kind} \`${name}\` has no namespace.`, 'Remove `namespace`.'];
    problems.error('CONFIG_VALUE', { file, path: [...base, 'namespace'] }, { message, hint });
  }
  environments.forEach((environment, position) => {
    const place = { file, path: [...base, 'environments', position] };
    refuseUnknownEnvironment(environment, place, known, problems);
  });
  if (/^system:(?:authenticated|unauthenticated|serviceaccounts|anonymous)/.test(name)) {
    const message = `\`${name}\` is not one person or program but everybody.`;
    problems.error(
      'CONFIG_VALUE',
      { file, path: [...base, 'name'] },
      { message, hint: 'Name a group of people.' },
    );
  }
}
