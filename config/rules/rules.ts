import { checkAdmission, checkMonitoring } from './admission.js';
import { checkActions } from './actions.js';
import { checkDashboards } from './dashboards.js';
import { checkDelivery } from './delivery.js';
import { checkFeeding, checkMonitors } from './monitors.js';
import { checkClusters } from './clusters.js';
import { checkCallers } from './callers.js';
import { checkCharts } from './charts.js';
import { checkChecks } from './checks.js';
import { checkGates } from './gates.js';
import { checkForgeToken, checkRollout } from './rollout.js';
import { checkRegistry } from './registry.js';
import { checkRepositories } from './repositories.js';
import { checkNames } from './names.js';
import { checkPlatform } from './platform.js';
import { checkDeaf, checkListeners } from './audience.js';
import { checkPackaging } from './packaging.js';
import { checkReceivers } from './receivers.js';
import type { Rule } from './rule.js';
import { checkScraping } from './scraping.js';
import { checkSecrets } from './secrets.js';
import { checkAutoscaling } from './autoscaling.js';
import { checkKserveTexts } from './kserve-texts.js';
import { checkServing } from './serving.js';
import { checkServingVariables } from './serving-variables.js';
import { checkSync } from './sync.js';
import { checkTektonTexts } from './tekton.js';
import { checkVersions } from './versions.js';
import { checkTriggers } from './triggers.js';

/** What is said of each model by itself, whatever others there are: they are asked about one at a time. */
export const modelRules: readonly Rule[] = [
  checkActions,
  checkAdmission,
  checkChecks,
  checkGates,
  checkPackaging,
  checkFeeding,
  checkListeners,
  checkSecrets,
  checkTektonTexts,
  checkServing,
  checkServingVariables,
  checkAutoscaling,
  checkKserveTexts,
  checkRollout,
];

/**
 * What is said of the platform, and of models beside each other. Of where a model's values come from, they know no more
 * than where its name stands.
 */
export const fleetRules: readonly Rule[] = [
  checkNames,
  checkMonitoring,
  checkPlatform,
  checkRepositories,
  checkRegistry,
  checkClusters,
  checkCallers,
  checkMonitors,
  checkScraping,
  checkDashboards,
  checkReceivers,
  checkDeaf,
  checkVersions,
  checkCharts,
  checkTriggers,
  checkDelivery,
  checkSync,
  checkForgeToken,
];
