import type { ForeignChart, Platform, Repository, Workspace } from '../../config/model.js';
import { listPlaces } from '../../config/places.js';
import { listRetrained } from '../contract.js';
import { applicationName, applicationSetName, directories } from '../conventions.js';
import type { ChartBlueprint, Unit, UnitBlueprint } from '../unit.js';
import { AccessBindings } from './access-bindings.js';
import { describeBootstrap } from './bootstrap-guide.js';
import { ForeignChartApplication, chartScope } from './foreign-chart-application.js';
import { HealthChecks } from './health-checks.js';
import { ListenerRights } from './listener-rights.js';
import { Namespaces } from './namespaces.js';
import { Root } from './root.js';
import { ScopeProjects } from './scope-projects.js';
import { UnitApplicationSet, indexUnits } from './unit-application-set.js';
import { UnitApplication } from './unit-application.js';
import { deliverUnit } from './unit-delivery.js';

/** What a person with rights on the whole cluster applies once. */
export function planBootstrap(whole: Workspace): UnitBlueprint {
  // Namespaces of teams need what those of environments need.
  const workspace = { ...whole, environments: listPlaces(whole) };
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
    ...(listens && platform.capabilities.argocdSettings === 'argocd-cm' ? [checks] : []),
    { capability: 'root', create: (scope) => new Root(scope, 'root', { platform, repository }) },
  ];
}

/** An Application for each unit, and the projects they belong to; nothing without a repository to read from. */
export function planApplications(
  workspace: Workspace,
  units: readonly UnitBlueprint[],
): readonly UnitBlueprint[] {
  const { platform } = workspace;
  const { repository } = platform;
  const environments = listPlaces(workspace);
  if (repository === undefined) return [];
  const { charts, texts } =
    platform.argocd.style === 'applicationset'
      ? planApplicationSet(platform, repository, units)
      : { charts: units.map((unit) => planApplication(platform, repository, unit)), texts: [] };
  const projects: ChartBlueprint = {
    capability: 'projects',
    create: (scope) => new ScopeProjects(scope, 'projects', { platform, repository, environments }),
  };
  const foreign = workspace.charts.map((chart) => planForeignChart(platform, chart));
  return [{ unit: plainUnit(directories.applications), charts: [projects, ...charts, ...foreign], texts }];
}

function planApplication(
  platform: Platform,
  repository: Repository,
  { unit, place }: UnitBlueprint,
): ChartBlueprint {
  const delivery = deliverUnit(platform, unit, place);
  const capability = delivery.application;
  return {
    capability,
    ...(unit.model === undefined ? {} : { model: unit.model }),
    create: (scope) => new UnitApplication(scope, capability, { platform, repository, delivery }),
  };
}

function planApplicationSet(
  platform: Platform,
  repository: Repository,
  units: readonly UnitBlueprint[],
): Required<Pick<UnitBlueprint, 'charts' | 'texts'>> {
  const capability = applicationSetName(platform.name);
  const chart: ChartBlueprint = {
    capability,
    create: (scope) => new UnitApplicationSet(scope, capability, { platform, repository }),
  };
  const deliveries = units.map(({ unit, place }) => deliverUnit(platform, unit, place));
  return { charts: [chart], texts: indexUnits(deliveries) };
}

/** Project and Application in one file: the release of a model brings along neither. */
function planForeignChart(platform: Platform, chart: ForeignChart): ChartBlueprint {
  const capability = applicationName(platform.name, chartScope(chart));
  return {
    capability,
    create: (scope) => new ForeignChartApplication(scope, capability, { platform, chart }),
  };
}

function plainUnit(directory: string): Unit {
  return { name: directory, directory, environment: undefined, model: undefined };
}
