import type { Manifest } from '../../synth/manifest.js';
import { fieldAt, fieldsAt, listAt, textAt, textsAt } from '../fields.js';
import type { Fields } from '../fields.js';
import { DemandIndex } from '../demand-index.js';
import { matches, readMatcher } from './matchers.js';
import type { AlertLabels, Matcher } from './matchers.js';

/** A route as Alertmanager gets it from the Prometheus operator. */
export interface Route {
  readonly config: Manifest;
  /** Path in the AlertmanagerConfig: `spec.route.routes[0]`. */
  readonly path: string;
  /** Name inside the AlertmanagerConfig; inherited from the parent when it has none. */
  readonly receiver: string;
  /** The operator's forced namespace matcher included. */
  readonly matchers: readonly Matcher[];
  /** Its own matchers and those of the routes above. */
  readonly demands: readonly Matcher[];
  readonly groupBy: readonly string[];
  readonly continues: boolean;
  /** Names of time intervals in which nothing is sent, and outside of which nothing is. */
  readonly muteIntervals: readonly string[];
  readonly activeIntervals: readonly string[];
  readonly routes: readonly Route[];
}

/** The routes of AlertmanagerConfigs, by namespace and name as the operator sorts them. */
export function readRoutes(configs: readonly Manifest[]): readonly Route[] {
  return [...configs]
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map(readTopRoute)
    .filter((route) => route !== undefined);
}

/** Every route, parents before their children. */
export function flattenRoutes(routes: readonly Route[]): readonly Route[] {
  return routes.flatMap((route) => [route, ...flattenRoutes(route.routes)]);
}

/** The routes that get an alert; top routes go on to the next one, as the operator makes them. */
export function findRoutes(routes: readonly Route[], labels: AlertLabels): readonly Route[] {
  const found: Route[] = [];
  for (const route of routes) {
    if (!route.matchers.every((matcher) => matches(matcher, labels))) continue;
    const children = findRoutes(route.routes, labels);
    found.push(...(children.length > 0 ? children : [route]));
    if (!route.continues) break;
  }
  return found;
}

/** The same for many alerts. */
export function createRouteFinder(routes: readonly Route[]): (labels: AlertLabels) => readonly Route[] {
  const index = new DemandIndex(routes, ({ matchers }) =>
    matchers.filter(({ operator }) => operator === '=').map(({ label, value }) => [label, value] as const),
  );
  return (labels) => findRoutes(index.candidates(labels), labels);
}

/** What Alertmanager calls a route's receiver, and writes into the payload. */
export function fullReceiverName(route: Route): string {
  const { namespace = '', name } = route.config.object.metadata;
  return `${namespace}/${name}/${route.receiver}`;
}

/** A receiver of an AlertmanagerConfig by its name there. */
export function findReceiver(config: Manifest, name: string): Fields | undefined {
  const found = listAt(config.object, 'spec', 'receivers').find((one) => textAt(one, 'name') === name);
  return found === undefined ? undefined : fieldsAt({ found }, 'found');
}

function sortKey(manifest: Manifest): string {
  return `${manifest.object.metadata.namespace ?? ''}/${manifest.object.metadata.name}`;
}

/** The operator puts the namespace first and lets later AlertmanagerConfigs see the alert too. */
function readTopRoute(config: Manifest): Route | undefined {
  const written = fieldAt(config.object, 'spec', 'route');
  if (written === undefined) return undefined;
  const { namespace = '' } = config.object.metadata;
  const forced: Matcher = { label: 'namespace', operator: '=', value: namespace };
  const route = readRoute(config, written, 'spec.route', { receiver: '', groupBy: [], demands: [forced] });
  return { ...route, matchers: [forced, ...route.matchers], continues: true };
}

function readRoute(
  config: Manifest,
  written: unknown,
  path: string,
  parent: Pick<Route, 'receiver' | 'groupBy' | 'demands'>,
): Route {
  const groupBy = textsAt(written, 'groupBy');
  const matchers = listAt(written, 'matchers').map(readMatcher);
  const own = {
    receiver: textAt(written, 'receiver') ?? parent.receiver,
    groupBy: groupBy.length > 0 ? groupBy : parent.groupBy,
    demands: [...parent.demands, ...matchers],
  };
  return {
    ...own,
    config,
    path,
    matchers,
    continues: fieldAt(written, 'continue') === true,
    muteIntervals: textsAt(written, 'muteTimeIntervals'),
    activeIntervals: textsAt(written, 'activeTimeIntervals'),
    routes: listAt(written, 'routes').map((child, index) =>
      readRoute(config, child, `${path}.routes[${index}]`, own),
    ),
  };
}
