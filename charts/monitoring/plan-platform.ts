import type { Environment, Workspace } from '../../config/model.js';
import { EnvironmentDashboards } from '../dashboards/environment-dashboards.js';
import { Isolation } from '../security/isolation.js';
import { directories, platformUnit } from '../conventions.js';
import { clusterOf } from '../unit.js';
import type { ChartBlueprint, UnitBlueprint } from '../unit.js';
import { MonitorScraping, listScrapedMonitors } from './monitor-scraping.js';
import { MonitorService } from './monitor-service.js';
import { findService } from './trustyai.js';

/** What an environment, or a team in it, has once for all its models; no unit when there is nothing. */
export function planPlatform(workspace: Workspace, environment: Environment): readonly UnitBlueprint[] {
  const charts = [
    ...planIsolation(workspace, environment),
    ...planService(workspace, environment),
    ...planScraping(workspace, environment),
    ...planDashboards(workspace, environment),
  ];
  const directory = directories.platform(environment.name, environment.team);
  const name = `${environment.name}/${platformUnit(environment.team)}`;
  // Argo CD reports a folder without files as an error.
  return charts.length === 0
    ? []
    : [
        {
          unit: {
            name,
            directory,
            environment: environment.name,
            model: undefined,
            ...clusterOf(environment),
          },
          place: environment,
          charts,
        },
      ];
}

function planIsolation({ platform }: Workspace, environment: Environment): readonly ChartBlueprint[] {
  const { callers } = environment;
  const capability = 'isolation';
  if (callers === undefined) return [];
  const props = { platform, environment, callers };
  return [{ capability, create: (scope) => new Isolation(scope, capability, props) }];
}

function planService({ platform }: Workspace, environment: Environment): readonly ChartBlueprint[] {
  const service = findService(platform);
  const capability = 'monitor-service';
  if (service === undefined) return [];
  return [{ capability, create: (scope) => new MonitorService(scope, capability, { environment, service }) }];
}

function planScraping({ platform }: Workspace, environment: Environment): readonly ChartBlueprint[] {
  const capability = 'monitor-scraping';
  if (listScrapedMonitors(platform).length === 0) return [];
  return [
    { capability, create: (scope) => new MonitorScraping(scope, capability, { platform, environment }) },
  ];
}

function planDashboards({ platform }: Workspace, environment: Environment): readonly ChartBlueprint[] {
  const { dashboards } = platform;
  const capability = 'dashboards';
  if (dashboards === undefined) return [];
  const props = { platform, environment, dashboards };
  return [{ capability, create: (scope) => new EnvironmentDashboards(scope, capability, props) }];
}
