import type { Bounds, Detector } from '../../config/model.js';
import { selectDetector } from '../alerts/detector-rules.js';
import { alertLabels, series } from '../contract.js';
import type { AlertSubject } from '../contract.js';
import type { Panel } from './panel.js';

/** Colours and words of a state that is 0 or 1. */
const stateField = {
  min: 0,
  max: 1,
  color: { mode: 'thresholds' },
  thresholds: {
    mode: 'absolute',
    steps: [
      { color: 'green', value: null },
      { color: 'red', value: 1 },
    ],
  },
  mappings: [
    {
      type: 'value',
      options: {
        '0': { text: 'fine', color: 'green', index: 0 },
        '1': { text: 'violated', color: 'red', index: 1 },
      },
    },
  ],
} as const;

const lastValue = { calcs: ['lastNotNull'], fields: '', values: false };

/** Which detectors are in their state now. */
export function describeStates(title: string, expr: string, legend: string): Panel {
  return {
    type: 'stat',
    title,
    width: 24,
    height: 4,
    targets: [{ expr, legend }],
    fieldConfig: { defaults: stateField, overrides: [] },
    options: {
      colorMode: 'background',
      graphMode: 'none',
      textMode: 'value_and_name',
      reduceOptions: lastValue,
    },
  };
}

/** When something was in its state. */
export function describeHistory(title: string, expr: string, legend: string): Panel {
  return {
    type: 'state-timeline',
    title,
    width: 24,
    height: 7,
    targets: [{ expr, legend }],
    fieldConfig: {
      defaults: { ...stateField, custom: { fillOpacity: 80, lineWidth: 0, spanNulls: false } },
      overrides: [],
    },
    options: { mergeValues: true, showValue: 'never', rowHeight: 0.8, legend: { showLegend: false } },
  };
}

/** The values of one detector with its bounds: red is where it is violated. */
export function describeValues(subject: AlertSubject, detector: Detector): Panel {
  const select = (name: string) => selectDetector(name, subject, detector.name);
  const legend = hasFeatures(detector) ? `{{${alertLabels.feature}}}` : detector.name;
  return {
    type: 'timeseries',
    title: detector.name,
    description: `${detector.meaning}. Violated ${describeBounds(detector.bounds)}.`,
    width: 12,
    height: 9,
    targets: [
      { expr: select(series.value), legend },
      { expr: select(series.threshold), legend: `bound ({{${alertLabels.bound}}})` },
    ],
    fieldConfig: {
      defaults: {
        color: { mode: 'palette-classic' },
        custom: { drawStyle: 'line', lineWidth: 1, spanNulls: false, thresholdsStyle: { mode: 'area' } },
        thresholds: { mode: 'absolute', steps: listSteps(detector.bounds) },
      },
      overrides: [boundStyle],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom' },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** A dashed red line without points. */
const boundStyle = {
  matcher: { id: 'byRegexp', options: '/^bound /' },
  properties: [
    { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
    { id: 'custom.showPoints', value: 'never' },
  ],
} as const;

function hasFeatures({ source, features }: Detector): boolean {
  const label = source.kind === 'gauge' || source.kind === 'promql' ? source.featureLabel : undefined;
  return label !== undefined || features.length > 0;
}

function describeBounds({ lower, upper }: Bounds): string {
  if (lower !== undefined && upper !== undefined) return `outside of ${lower} to ${upper}`;
  return lower === undefined ? `above ${String(upper)}` : `below ${lower}`;
}

/** Grafana colours from each step upwards. */
function listSteps({ lower, upper }: Bounds): readonly object[] {
  return [
    { color: lower === undefined ? 'transparent' : 'red', value: null },
    ...(lower === undefined ? [] : [{ color: 'transparent', value: lower }]),
    ...(upper === undefined ? [] : [{ color: 'red', value: upper }]),
  ];
}
