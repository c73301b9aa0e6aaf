import type { KeyPath } from '../load/key-path.js';
import { formatKeyPath } from '../load/key-path.js';
import type { YamlFile } from '../load/yaml-file.js';
import { toolingsPlace } from '../model-fleet.js';
import type { AccessGrant, Environment, Model } from '../model.js';
import type { Place, ProblemCollector } from '../problem-collector.js';
import type { AccessInput } from '../schema/fleet-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import type { Written } from './resolve-model.js';
import { refuseUnknownEnvironment } from './unknown-environment.js';

interface AccessContext {
  readonly environments: readonly Environment[];
  /** Without any that is trained there are no toolings. */
  readonly models: readonly Pick<Model, 'training'>[];
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
  refuseTwins(grants, place, context);
  return grants.map((grant, index) => {
    checkGrant(grant, { ...place, base: [...place.base, index] }, context);
    const { kind, name, namespace, role, environments = known } = grant;
    return {
      kind,
      name,
      namespace,
      role,
      environments: environments.filter((each) => each !== toolingsPlace),
      toolings: environments.includes(toolingsPlace),
      team: place.team,
    };
  });
}

/** Nobody gets a role twice in an environment; of two equal lines one will be forgotten when it is taken back. */
function refuseTwins(
  grants: AccessInput,
  { file, base }: GrantPlace,
  { environments, problems }: AccessContext,
): void {
  const all = environments.map(({ name }) => name);
  const first = new Map<string, number>();
  grants.forEach(({ kind, namespace, name, role, environments: chosen }, index) => {
    const keys = (chosen ?? all).map((environment) =>
      JSON.stringify([kind, namespace, name, role, environment]),
    );
    const twin = keys.map((key) => first.get(key)).find((each) => each !== undefined && each !== index);
    for (const key of keys) if (!first.has(key)) first.set(key, index);
    if (twin === undefined) return;
    const message = `\`${name}\` has the role \`${role}\` already: \`${formatKeyPath([...base, twin])}\` gives it.`;
    const hint = 'Remove one of the two, or give each other `environments`.';
    problems.error('CONFIG_NAME_DUPLICATE', { file, path: [...base, index, 'name'] }, { message, hint });
  });
}

function checkGrant(
  { kind, name, namespace, environments = [] }: AccessInput[number],
  { file, base }: GrantPlace,
  context: AccessContext,
): void {
  const { problems } = context;
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
    checkPlace(environment, place, context);
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

function checkPlace(name: string, place: Place, { environments, models, problems }: AccessContext): void {
  if (name !== toolingsPlace) {
    const known = environments.map((environment) => environment.name);
    refuseUnknownEnvironment(name, place, [...known, toolingsPlace], problems);
  } else if (models.every(({ training }) => training === undefined)) {
    const message = 'There are no toolings to work in: no model is trained.';
    const hint = 'Remove `toolings`, or describe the `training` of a model.';
    problems.warn('CONFIG_VALUE', place, { message, hint });
  }
}
