import type { Dashboards, Environment } from '../../config/model.js';
import { datasource, datasourceVariable, placePanels } from './panel.js';
import type { Panel } from './panel.js';

/** A dashboard before it is written down. */
export interface Dashboard {
  /** At most 40 characters, the same for ever: it is the address. */
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly panels: readonly Panel[];
  readonly annotations: readonly Annotation[];
}

/** A mark in all panels where an expression has a value. */
export interface Annotation {
  readonly name: string;
  readonly expr: string;
  readonly color: string;
}

/** The text Grafana imports; equal dashboards give equal bytes. */
export function formatDashboard(dashboard: Dashboard, sourceName: string | undefined): string {
  const { uid, title, tags, panels, annotations } = dashboard;
  const content = {
    uid,
    title,
    tags,
    schemaVersion: 39,
    // Made anew with every change of the workspace: what people edit would be lost.
    editable: false,
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    timezone: 'browser',
    templating: { list: [describeSource(sourceName)] },
    annotations: { list: annotations.map(formatAnnotation) },
    links: [],
    panels: placePanels(panels),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Every Prometheus of the Grafana, or the one that is rendered for the environment. */
function describeSource(name: string | undefined): object {
  return {
    name: datasourceVariable,
    label: 'Data source',
    type: 'datasource',
    query: 'prometheus',
    regex: name === undefined ? '' : `/^${name.replaceAll(/[\\^$.|?*+()[\]{}/]/g, '\\$&')}$/`,
    hide: 0,
    multi: false,
    includeAll: false,
    refresh: 1,
  };
}

function formatAnnotation({ name, expr, color }: Annotation): object {
  return {
    name,
    datasource,
    enable: true,
    hide: false,
    iconColor: color,
    expr,
    step: '60s',
    titleFormat: name,
    textFormat: '',
    tagKeys: '',
    useValueForTime: false,
  };
}

/** Name of the data source that is rendered for an environment; undefined: none is. */
export function sourceNameOf(
  dashboards: Dashboards,
  platform: string,
  environment: string,
): string | undefined {
  const rendered = dashboards.delivery === 'operator' && dashboards.prometheus !== undefined;
  return rendered ? `driftloop ${platform} ${environment}` : undefined;
}

/** Teams have folders and data sources of their own, which Grafana tells apart by name. */
export function placeTitle({ name, team }: Environment): string {
  return team === undefined ? name : `${name} ${team}`;
}

export function folderTitle({ folder }: Dashboards, environment: string): string {
  return `${folder} ${environment}`;
}
