import type { Environment, Platform } from '../../config/model.js';
import { selectSeries } from '../alerts/promql-text.js';
import { alertLabels, alertNames, series } from '../contract.js';
import { dashboardUid } from '../conventions.js';
import { describeHistory, describeStates } from './detector-panels.js';
import { placeTitle } from './dashboard.js';
import type { Dashboard } from './dashboard.js';
import type { Panel } from './panel.js';

/** All models of one environment: which are violated, and the way to each. */
export function describeOverview(platform: Platform, environment: Environment): Dashboard {
  const subject = {
    [alertLabels.namespace]: environment.namespace,
    [alertLabels.environment]: environment.name,
  };
  const states = `max by (${alertLabels.model}) (${selectSeries(series.state, subject)})`;
  const model = `{{${alertLabels.model}}}`;
  const missing = selectSeries('ALERTS', {
    alertname: alertNames.metricMissing,
    alertstate: 'firing',
    ...subject,
  });
  return {
    // No model's name is empty or begins with an underscore.
    uid: dashboardUid(platform.name, environment.name, environment.team && `_${environment.team}`),
    title: `Models in ${placeTitle(environment)}`,
    tags: ['driftloop', platform.name, environment.name, 'overview'],
    panels: [
      describeStates('Models', states, model),
      describeHistory('Violations', states, model),
      describeHistory('Missing metrics', `max by (${alertLabels.model}) (${missing})`, model),
      listModels(platform, environment),
    ],
    annotations: [],
  };
}

function listModels(platform: Platform, environment: Environment): Panel {
  return {
    type: 'dashlist',
    title: 'Dashboards',
    width: 24,
    height: 10,
    targets: [],
    options: {
      tags: ['driftloop', platform.name, environment.name],
      query: '',
      showSearch: true,
      showStarred: false,
      showRecentlyViewed: false,
      showHeadings: false,
      keepTime: true,
      includeVars: true,
      maxItems: 1000,
    },
  };
}
