import { concerns } from '../../config/audience.js';
import type { Environment, Receiver, Workspace } from '../../config/model.js';
import { placeKey } from '../../config/places.js';
import { listSecrets } from '../alerts/people.js';
import { listNames } from './markdown.js';

/** What receivers need to be told, each with the namespaces whose alerts they get: those of teams are named, too. */
export function describeReceiverSecrets(view: Workspace): readonly string[] {
  return view.platform.receivers.flatMap((receiver) => {
    const places = view.environments.filter((place) => mayHear(view, receiver, place));
    if (places.length === 0) return [];
    const where = listNames(places.map(({ namespace }) => namespace));
    return listSecrets(receiver).map(
      ({ name, key }) => `- \`${name}\` in ${where}: \`${key}\` for the receiver ${receiver.name}`,
    );
  });
}

function mayHear({ models, teams }: Workspace, receiver: Receiver, place: Environment): boolean {
  const wanted = teams.find(({ name }) => name === place.team)?.receivers;
  if (wanted?.includes(receiver.name) === false) return false;
  const key = placeKey(place.cluster, place.namespace);
  return models.some(
    (model) =>
      concerns(receiver, model.name, place.name) &&
      model.deployments.some(
        ({ environment, detectors }) =>
          detectors.length > 0 && placeKey(environment.cluster, environment.namespace) === key,
      ),
  );
}
