import type { YamlFile } from '../load/yaml-file.js';
import type { Environment, Team } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { suggest } from '../suggest.js';
import type { OriginRecorder } from './origins.js';
import type { Written } from './resolve-model.js';
import { platformFile } from './resolve-platform.js';
import { refuseUnknownEnvironment } from './unknown-environment.js';

/** What is known of teams before their models are read. */
export type TeamsInput = Pick<PlatformInput, 'teams'>;

export interface TeamContext {
  readonly environments: readonly Environment[];
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** The teams, sorted by name; each has a namespace in every environment. */
export function resolveTeams({ file, input }: Written<TeamsInput>, context: TeamContext): readonly Team[] {
  return Object.entries(input.teams ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, team]) => {
      const written = team.environments;
      checkEnvironments(name, Object.keys(written), file, context);
      const environments = context.environments.flatMap((environment): Environment[] => {
        const own = written[environment.name];
        if (own === undefined) return [];
        const data = { teams: { [name]: { environments: { [environment.name]: own } } } };
        context.recorder.record(platformFile, data, [
          { name: 'platform', data, written: { file, base: [] } },
        ]);
        const { namespace, callers = environment.callers } = own;
        return [{ ...environment, namespace, callers, team: name }];
      });
      return { name, environments, receivers: team.receivers };
    });
}

/** Names of receivers can be wrong only in a file that is right otherwise. */
export function checkTeamReceivers(
  { file, input }: Written<PlatformInput>,
  problems: ProblemCollector,
): void {
  const known = Object.keys(input.receivers ?? {});
  for (const [name, { receivers = [] }] of Object.entries(input.teams ?? {})) {
    receivers.forEach((receiver, index) => {
      if (known.includes(receiver)) return;
      problems.error(
        'CONFIG_VALUE',
        { file, path: ['teams', name, 'receivers', index] },
        {
          message: `\`driftloop.yaml\` defines no receiver \`${receiver}\`.`,
          ...suggest(receiver, known),
        },
      );
    });
  }
}

function checkEnvironments(
  team: string,
  written: readonly string[],
  file: YamlFile,
  { environments, problems }: TeamContext,
): void {
  const path = ['teams', team, 'environments'];
  const known = environments.map(({ name }) => name);
  for (const environment of written) {
    const place = { file, path: [...path, environment], key: true };
    refuseUnknownEnvironment(environment, place, known, problems);
  }
  for (const environment of known) {
    if (written.includes(environment)) continue;
    problems.error(
      'CONFIG_KEY_MISSING',
      { file, path, key: true },
      {
        message: `The team \`${team}\` has no namespace in the environment \`${environment}\`.`,
        hint: `Its models would have no place there: write \`${environment}: { namespace: … }\`.`,
      },
    );
  }
}
