import { ModelDashboards } from '../dashboards/model-dashboards.js';
import { hasDashboard } from '../dashboards/model-dashboard.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import type { ChartBlueprint } from '../unit.js';
import { DriftMonitor, needsRequests } from './drift-monitor.js';
import { ServerScraping, findServerScrape } from './server-scraping.js';
import { findService } from './trustyai.js';

/** What watches one model in one environment, besides its rules; `served`: its servers are rendered. */
export function planModelMonitoring(context: ModelInEnvironment, served: boolean): readonly ChartBlueprint[] {
  return [
    ...planRequests(context),
    ...(served ? planServerScraping(context) : []),
    ...planDashboards(context),
  ];
}

function planRequests(context: ModelInEnvironment): readonly ChartBlueprint[] {
  const service = findService(context.platform);
  const capability = 'drift-monitor';
  if (service === undefined || !needsRequests(context)) return [];
  return [{ capability, create: (scope) => new DriftMonitor(scope, capability, { ...context, service }) }];
}

function planServerScraping(context: ModelInEnvironment): readonly ChartBlueprint[] {
  const { platform, deployment } = context;
  const scrape = findServerScrape(platform, deployment);
  const { serving } = deployment;
  const capability = 'server-scraping';
  if (scrape === undefined || serving === undefined) return [];
  return [
    { capability, create: (scope) => new ServerScraping(scope, capability, { ...context, serving, scrape }) },
  ];
}

function planDashboards(context: ModelInEnvironment): readonly ChartBlueprint[] {
  const { dashboards } = context.platform;
  const capability = 'dashboards';
  if (dashboards === undefined || !hasDashboard(context)) return [];
  return [
    { capability, create: (scope) => new ModelDashboards(scope, capability, { ...context, dashboards }) },
  ];
}
