import type { ForeignChart, Platform, Repository, Workspace } from '../../config/model.js';
import { listPlaces } from '../../config/places.js';
import { applicationName, applicationSetName, directories } from '../conventions.js';
import type { ChartBlueprint, Unit, UnitBlueprint } from '../unit.js';
import { ForeignChartApplication, chartScope } from './foreign-chart-application.js';
import { ScopeProjects } from './scope-projects.js';
import { UnitApplicationSet, indexUnits } from './unit-application-set.js';
import { UnitApplication } from './unit-application.js';
import { planRolloutView } from '../retraining/rollout-rights.js';
import { deliverUnit } from './unit-delivery.js';

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
  const views = planRolloutView(workspace);
  const foreign = workspace.charts.map((chart) => planForeignChart(platform, chart));
  return [
    { unit: plainUnit(directories.applications), charts: [projects, ...views, ...charts, ...foreign], texts },
  ];
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
