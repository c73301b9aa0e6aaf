import type { Platform, Repository, Workspace } from '../config/model.js';
import { applicationName, directories } from './conventions.js';
import { UnitApplication } from './delivery/application.js';
import { describeBootstrap } from './delivery/bootstrap-guide.js';
import { HealthChecks } from './delivery/health-checks.js';
import { ListenerRights } from './delivery/listener-rights.js';
import { Namespaces } from './delivery/namespaces.js';
import { ScopeProjects } from './delivery/project.js';
import { Root } from './delivery/root.js';
import type { ChartBlueprint, Unit, UnitBlueprint } from './unit.js';

/** What a person with rights on the whole cluster applies once. */
export function planBootstrap(workspace: Workspace): UnitBlueprint {
  const { platform } = workspace;
  const { repository } = platform;
  return {
    unit: plainUnit(directories.bootstrap),
    charts: [
      { capability: 'namespaces', create: (scope) => new Namespaces(scope, 'namespaces', workspace) },
      {
        capability: 'listener-rights',
        create: (scope) => new ListenerRights(scope, 'listener-rights', { platform }),
      },
      ...(repository === undefined ? [] : planRoot(platform, repository)),
    ],
    texts: [{ path: 'README.md', text: describeBootstrap(workspace) }],
  };
}

function planRoot(platform: Platform, repository: Repository): readonly ChartBlueprint[] {
  return [
    {
      capability: 'health-checks',
      create: (scope) => new HealthChecks(scope, 'health-checks', { platform }),
    },
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

function namespaceOf({ platform, environments }: Workspace, unit: Unit): string {
  if (unit.environment === undefined) return platform.namespaces.toolings;
  const environment = environments.find(({ name }) => name === unit.environment);
  if (environment === undefined) throw new Error(`unit ${unit.name} belongs to no environment`);
  return environment.namespace;
}

function plainUnit(directory: string): Unit {
  return { name: directory, directory, environment: undefined, model: undefined };
}
