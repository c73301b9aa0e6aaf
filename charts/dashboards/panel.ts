/** Grafana's JSON, as far as our dashboards use it (schema version 39, which Grafana 10.4 and later read). */

/** A panel before it has a place and a number. */
export interface Panel {
  readonly type: 'timeseries' | 'stat' | 'state-timeline' | 'dashlist' | 'text';
  readonly title: string;
  readonly description?: string;
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  /** Empty for panels that ask for nothing. */
  readonly targets: readonly Target[];
  readonly fieldConfig?: object;
  readonly options?: object;
}

/** One question to Prometheus. */
export interface Target {
  readonly expr: string;
  readonly legend: string;
}

/** The variable by which people choose the data source; no identifier of one stands in a dashboard. */
export const datasourceVariable = 'datasource';

export const datasource = { type: 'prometheus', uid: `\${${datasourceVariable}}` } as const;

const columns = 24;

/** Questions of a panel are called by letters. */
const questionNames = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Panels in rows from left to right, with numbers in their order. */
export function placePanels(panels: readonly Panel[]): readonly object[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return panels.map((panel, index) => {
    if (x + panel.width > columns) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const gridPos = { h: panel.height, w: panel.width, x, y };
    x += panel.width;
    rowHeight = Math.max(rowHeight, panel.height);
    return formatPanel(panel, index + 1, gridPos);
  });
}

function formatPanel(panel: Panel, id: number, gridPos: object): object {
  const { type, title, description, targets, fieldConfig, options } = panel;
  return {
    id,
    type,
    title,
    ...(description === undefined ? {} : { description }),
    gridPos,
    ...(targets.length === 0 ? {} : { datasource, targets: targets.map(formatTarget) }),
    fieldConfig: fieldConfig ?? { defaults: {}, overrides: [] },
    options: options ?? {},
  };
}

function formatTarget({ expr, legend }: Target, index: number): object {
  const refId = questionNames.charAt(index);
  return { refId, datasource, expr, legendFormat: legend, editorMode: 'code', range: true };
}
