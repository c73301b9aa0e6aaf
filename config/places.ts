import type { Environment, Workspace } from './model.js';

/** Every namespace that models live in: environment by environment, each followed by what its teams have there. */
export function listPlaces({
  environments,
  teams,
}: Pick<Workspace, 'environments' | 'teams'>): readonly Environment[] {
  return environments.flatMap((environment) => [
    environment,
    ...teams.flatMap((team) => team.environments.filter(({ name }) => name === environment.name)),
  ]);
}
