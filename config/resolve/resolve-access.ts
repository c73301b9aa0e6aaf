import type { AccessGrant } from '../model.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { suggest } from '../suggest.js';
import type { FleetContext } from './resolve-charts.js';
import type { Written } from './resolve-model.js';

/** Who may do what where; undefined when `driftloop.yaml` says nothing about it. */
export function resolveAccess(
  { file, input }: Written<PlatformInput>,
  { environments, problems }: Pick<FleetContext, 'environments' | 'problems'>,
): readonly AccessGrant[] | undefined {
  const known = environments.map(({ name }) => name);
  return input.access?.map(({ kind, name, namespace, role, environments: chosen }, index) => {
    const path = ['access', index];
    if ((kind === 'ServiceAccount') !== (namespace !== undefined)) {
      const message =
        namespace === undefined
          ? `The ServiceAccount \`${name}\` needs the key \`namespace\`.`
          : `The ${kind} \`${name}\` has no namespace.`;
      const hint =
        namespace === undefined ? 'Accounts of two namespaces may have one name.' : 'Remove `namespace`.';
      problems.error('CONFIG_VALUE', { file, path: [...path, 'namespace'] }, { message, hint });
    }
    (chosen ?? []).forEach((environment, position) => {
      if (known.includes(environment)) return;
      problems.error(
        'CONFIG_ENVIRONMENT_UNKNOWN',
        { file, path: [...path, 'environments', position] },
        {
          message: `\`driftloop.yaml\` defines no environment \`${environment}\`.`,
          ...suggest(environment, known),
        },
      );
    });
    if (/^system:(?:authenticated|unauthenticated|serviceaccounts|anonymous)/.test(name)) {
      const message = `\`${name}\` is not one person or program but everybody.`;
      problems.error(
        'CONFIG_VALUE',
        { file, path: [...path, 'name'] },
        { message, hint: 'Name a group of people.' },
      );
    }
    return { kind, name, namespace, role, environments: chosen ?? known };
  });
}
