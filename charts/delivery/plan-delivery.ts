import type { ForeignChart, Platform, Repository, Workspace } from '../../config/model.js';
import { listRetrained } from '../contract.js';
import { applicationName, directories } from '../conventions.js';
import type { ChartBlueprint, Unit, UnitBlueprint } from '../unit.js';
import { AccessBindings } from './access-bindings.js';
import { describeBootstrap } from './bootstrap-guide.js';
import { ForeignChartApplication, chartScope } from './foreign-chart-application.js';
import { HealthChecks } from './health-checks.js';
import { ListenerRights } from './listener-rights.js';
import { Namespaces } from './namespaces.js';
import { Root } from './root.js';
import { ScopeProjects } from './scope-projects.js';
import { UnitApplication } from './unit-application.js';

/** What a person with rights on the whole cluster applies once. */
export function planBootstrap(workspace: Workspace): UnitBlueprint {
  const { platform, models } = workspace;
  const listens = listRetrained(models).length > 0;
  return {
    unit: plainUnit(directories.bootstrap),
    charts: [
      { capability: 'namespaces', create: (scope) => new Namespaces(scope, 'namespaces', workspace) },
      ...planAccess(workspace),
      ...(listens ? planListenerRights(platform) : []),
      ...(platform.repository === undefined ? [] : planRoot(platform, platform.repository, listens)),
    ],
    texts: [{ path: 'README.md', text: describeBootstrap(workspace) }],
  };
}

function planAccess({ environments, access }: Workspace): readonly ChartBlueprint[] {
  if (access === undefined) return [];
  const capability = 'access';
  return [{ capability, create: (scope) => new AccessBindings(scope, capability, { environments, access }) }];
}

function planListenerRights(platform: Platform): readonly ChartBlueprint[] {
  const capability = 'listener-rights';
  return [{ capability, create: (scope) => new ListenerRights(scope, capability, { platform }) }];
}

function planRoot(platform: Platform, repository: Repository, listens: boolean): readonly ChartBlueprint[] {
  const checks: ChartBlueprint = {
    capability: 'health-checks',
    create: (scope) => new HealthChecks(scope, 'health-checks', { platform }),
  };
  return [
    ...(listens ? [checks] : []),
    { capability: 'root', create: (scope) => new Root(scope, 'root', { platform, repository }) },
  ];
}

/** An Application for each unit, and the projects they belong to; nothing without a repository to read from. */
export function planApplications(workspace: Workspace, units: readonly Unit[]): readonly UnitBlueprint[] {
  const { platform, environments } = workspace;
  const { repository } = platform;
  if (repository === undefined) return [];
  return [
    {
      unit: plainUnit(directories.applications),
      charts: [
        {
          capability: 'projects',
          create: (scope) => new ScopeProjects(scope, 'projects', { platform, repository, environments }),
        },
        ...units.map((unit) => planApplication(workspace, repository, unit)),
        ...workspace.charts.map((chart) => planForeignChart(platform, chart)),
      ],
    },
  ];
}

function planApplication(workspace: Workspace, repository: Repository, unit: Unit): ChartBlueprint {
  const { platform } = workspace;
  const capability = applicationName(platform.name, unit.name);
  const namespace = namespaceOf(workspace, unit);
  return {
    capability,
    create: (scope) => new UnitApplication(scope, capability, { platform, repository, unit, namespace }),
  };
}

/** Project and Application in one file: the release of a model brings along neither. */
function planForeignChart(platform: Platform, chart: ForeignChart): ChartBlueprint {
  const capability = applicationName(platform.name, chartScope(chart));
  return {
    capability,
    create: (scope) => new ForeignChartApplication(scope, capability, { platform, chart }),
  };
}

function namespaceOf({ platform, environments }: Workspace, unit: Unit): string {
  if (unit.environment === undefined) return platform.namespaces.toolings;
  const environment = environments.find(({ name }) => name === unit.environment);
  if (environment === undefined) throw new Error(`unit ${unit.name} belongs to no environment`);
  return environment.namespace;
}

function plainUnit(directory: string): Unit {
  return { name: directory, directory, environment: undefined, model: undefined };
}
