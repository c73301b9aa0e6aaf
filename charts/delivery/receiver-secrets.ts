import { concerns } from '../../config/audience.js';
import type { Environment, Model, Receiver, Workspace } from '../../config/model.js';
import { placeKey } from '../../config/places.js';
import { listSecrets } from '../alerts/people.js';
import { listNames } from './markdown.js';

/** What receivers need to be told, each with the namespaces whose alerts they get: those of teams are named, too. */
export function describeReceiverSecrets(view: Workspace): readonly string[] {
  const watched = groupWatched(view.models);
  const mayHear = (receiver: Receiver, place: Environment): boolean =>
    isWanted(view, receiver, place) &&
    (watched.get(placeKey(place.cluster, place.namespace)) ?? []).some((model) =>
      concerns(receiver, model, place.name),
    );
  return view.platform.receivers.flatMap((receiver) => {
    const places = view.environments.filter((place) => mayHear(receiver, place));
    if (places.length === 0) return [];
    const where = listNames(places.map(({ namespace }) => namespace));
    return listSecrets(receiver).map(
      ({ name, key }) => `- \`${name}\` in ${where}: \`${key}\` for the receiver ${receiver.name}`,
    );
  });
}

function isWanted({ teams }: Workspace, receiver: Receiver, place: Environment): boolean {
  return teams.find(({ name }) => name === place.team)?.receivers?.includes(receiver.name) !== false;
}

/** Names of the models that have detectors in a place. */
function groupWatched(models: readonly Model[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, deployments } of models) {
    for (const { environment, detectors } of deployments) {
      if (detectors.length === 0) continue;
      const key = placeKey(environment.cluster, environment.namespace);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [name]);
      else group.push(name);
    }
  }
  return groups;
}
