import { checkActions } from './actions.js';
import { checkDashboards } from './dashboards.js';
import { checkDelivery } from './delivery.js';
import { checkMonitors } from './monitors.js';
import { checkClusters } from './clusters.js';
import { checkCallers } from './callers.js';
import { checkCharts } from './charts.js';
import { checkChecks } from './checks.js';
import { checkNames } from './names.js';
import { checkPlatform } from './platform.js';
import { checkAudience } from './audience.js';
import { checkReceivers } from './receivers.js';
import type { Rule } from './rule.js';
import { checkScraping } from './scraping.js';
import { checkSecrets } from './secrets.js';
import { checkAutoscaling } from './autoscaling.js';
import { checkKserveTexts } from './kserve-texts.js';
import { checkServing } from './serving.js';
import { checkServingVariables } from './serving-variables.js';
import { checkTektonTexts } from './tekton.js';
import { checkVersions } from './versions.js';
import { checkTriggers } from './triggers.js';

/** Every rule; a new one is a file and a line. */
export const rules: readonly Rule[] = [
  checkNames,
  checkPlatform,
  checkClusters,
  checkCallers,
  checkMonitors,
  checkScraping,
  checkDashboards,
  checkActions,
  checkChecks,
  checkReceivers,
  checkAudience,
  checkSecrets,
  checkTektonTexts,
  checkVersions,
  checkCharts,
  checkTriggers,
  checkServing,
  checkServingVariables,
  checkAutoscaling,
  checkKserveTexts,
  checkDelivery,
];
