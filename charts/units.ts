import type { Construct } from 'constructs';
import type { Deployment, Environment, Model, Platform, Workspace } from '../config/model.js';
import { listSources } from '../config/model-triggers.js';
import { listPlaces, listRemoteStarts } from '../config/places.js';
import { releaseKey } from '../config/release.js';
import type { Releases } from '../config/release.js';
import { AlertRouting } from './alerts/alert-routing.js';
import { listRetrained, startsRuns } from './contract.js';
import { directories } from './conventions.js';
import { planBootstrap } from './delivery/plan-bootstrap.js';
import { planApplications } from './delivery/plan-delivery.js';
import { DriftAlerts } from './alerts/drift-alerts.js';
import { planModelMonitoring } from './monitoring/plan-model.js';
import { planPlatform } from './monitoring/plan-platform.js';
import { Notifications, isHeard } from './alerts/notifications.js';
import { ModelServing, chooseRelease } from './serving/model-serving.js';
import { EventVerifier } from './retraining/event-verifier.js';
import { EventsListener } from './retraining/events-listener.js';
import { planEventTriggers } from './retraining/events/event-triggers.js';
import { ModelSchedule } from './retraining/model-schedule.js';
import { ModelTriggers } from './retraining/model-triggers.js';
import { RetrainingPipeline } from './retraining/retraining-pipeline.js';
import { RegistryFollower } from './retraining/registry-follower.js';
import { RetrainingTasks } from './retraining/retraining-tasks.js';
import { RetrainingTrigger } from './retraining/retraining-trigger.js';
import { planServingView } from './retraining/rollout-rights.js';
import { RunnerRights } from './retraining/runner-rights.js';
import { Scheduler } from './retraining/scheduler.js';
import { clusterOf } from './unit.js';
import type { ChartBlueprint, UnitBlueprint } from './unit.js';

export type { ChartBlueprint, Unit, UnitBlueprint, UnitText } from './unit.js';

/**
 * Everything a workspace is rendered to: bootstrap, Applications, toolings, what environments have once, models. Planning
 * creates no construct, so a caller may render single units of a thousand.
 */
export function planUnits(workspace: Workspace, releases: Releases): readonly UnitBlueprint[] {
  const units = [
    ...planToolings(workspace),
    ...listPlaces(workspace).flatMap((place) => planPlatform(workspace, place)),
    ...planModels(workspace, releases),
  ];
  return [...planBootstrap(workspace), ...planApplications(workspace, units), ...units];
}

/** Nothing when no model is retrained. */
function planToolings({ platform, models, environments }: Workspace): readonly UnitBlueprint[] {
  const retrained = listRetrained(models);
  if (retrained.length === 0) return [];
  const directory = directories.toolings;
  const scheduled = retrained.some(({ triggers }) => triggers.schedule !== undefined);
  return [
    {
      unit: { name: directory, directory, environment: undefined, model: undefined },
      charts: [
        {
          capability: 'retraining-trigger',
          create: (scope) => new RetrainingTrigger(scope, 'retraining-trigger', { platform, scheduled }),
        },
        {
          capability: 'runner-rights',
          create: (scope) => new RunnerRights(scope, 'runner-rights', { platform, models: retrained }),
        },
        {
          capability: 'retraining-tasks',
          create: (scope) => new RetrainingTasks(scope, 'retraining-tasks', { platform, models: retrained }),
        },
        ...planEventsListener(platform, retrained),
        ...planVerifier(platform, retrained),
        ...(scheduled ? [planScheduler(platform)] : []),
        ...planRegistryFollower(platform, environments),
        ...retrained.flatMap((model) => planRetraining(platform, model)),
      ],
    },
  ];
}

/** Only when a model waits for events, or for alerts of another cluster. */
function planEventsListener(platform: Platform, models: readonly Model[]): readonly ChartBlueprint[] {
  const used = new Set(models.flatMap(listSources).map(({ name }) => name));
  const sources = platform.events.filter(({ name }) => used.has(name));
  const remoteAlerts = models.some((model) => listRemoteStarts(model).length > 0);
  if (sources.length === 0 && !remoteAlerts) return [];
  const capability = 'events-listener';
  const props = { platform, sources, remoteAlerts };
  return [{ capability, create: (scope) => new EventsListener(scope, capability, props) }];
}

/** Only when a model waits for events that it verifies. */
function planVerifier(platform: Platform, models: readonly Model[]): readonly ChartBlueprint[] {
  const used = new Set(models.flatMap(listSources).map(({ name }) => name));
  const sources = platform.events.filter(({ name, kind }) => used.has(name) && kind === 'mlflow');
  if (sources.length === 0) return [];
  const capability = 'event-verifier';
  return [{ capability, create: (scope) => new EventVerifier(scope, capability, { platform, sources }) }];
}

/** Only where a registry could follow anything. */
function planRegistryFollower(
  platform: Platform,
  environments: readonly Environment[],
): readonly ChartBlueprint[] {
  const { registry, repository } = platform;
  if (registry === undefined || repository === undefined) return [];
  const capability = 'registry-follower';
  const props = { platform, registry, repository, environments: environments.map(({ name }) => name) };
  return [{ capability, create: (scope) => new RegistryFollower(scope, capability, props) }];
}

function planScheduler(platform: Platform): ChartBlueprint {
  return { capability: 'scheduler', create: (scope) => new Scheduler(scope, 'scheduler', { platform }) };
}

function planSchedule(platform: Platform, model: Model): readonly ChartBlueprint[] {
  const { schedule } = model.triggers;
  if (schedule === undefined) return [];
  const capability = `${model.name}-schedule`;
  const create = (scope: Construct) => new ModelSchedule(scope, capability, { platform, model, schedule });
  return [{ capability, model: model.name, create }];
}

function planRetraining(platform: Platform, model: Model): readonly ChartBlueprint[] {
  const { training } = model;
  if (training === undefined) return [];
  const pipeline = `${model.name}-pipeline`;
  const triggers = `${model.name}-triggers`;
  return [
    {
      capability: pipeline,
      model: model.name,
      create: (scope) => new RetrainingPipeline(scope, pipeline, { platform, model, training }),
    },
    ...(model.deployments.some(startsRuns) || planEventTriggers(platform, model).length > 0
      ? [
          {
            capability: triggers,
            model: model.name,
            create: (scope) => new ModelTriggers(scope, triggers, { platform, model }),
          } satisfies ChartBlueprint,
        ]
      : []),
    ...planSchedule(platform, model),
  ];
}

function planModels(workspace: Workspace, releases: Releases): readonly UnitBlueprint[] {
  const { environments, models } = workspace;
  const platformOf = teamPlatforms(workspace);
  return environments.flatMap(({ name: environment }) =>
    models.flatMap((model) => {
      const deployment = model.deployments.find((candidate) => candidate.environment.name === environment);
      if (deployment === undefined) return [];
      const charts = planDeployment(platformOf(model), model, deployment, releases);
      const unit = {
        name: `${environment}/${model.name}`,
        directory: directories.model(environment, model.name),
        environment,
        model: model.name,
        ...clusterOf(deployment.environment),
      };
      // Argo CD reports a folder without files as an error.
      return charts.length === 0 ? [] : [{ unit, place: deployment.environment, charts }];
    }),
  );
}

/** The platform as a model's team sees it: with the receivers that its alerts go to. */
function teamPlatforms({ platform, teams }: Workspace): (model: Model) => Platform {
  const platforms = new Map(
    teams.map(({ name, receivers }) => [
      name,
      receivers === undefined
        ? platform
        : {
            ...platform,
            receivers: platform.receivers.filter((receiver) => receivers.includes(receiver.name)),
          },
    ]),
  );
  return ({ team }) => (team === undefined ? platform : (platforms.get(team) ?? platform));
}

function planDeployment(
  platform: Platform,
  model: Model,
  deployment: Deployment,
  releases: Releases,
): readonly ChartBlueprint[] {
  const context = { platform, model, deployment };
  const watched = deployment.detectors.length > 0;
  const released = chooseRelease(
    deployment,
    releases.get(releaseKey(deployment.environment.name, model.name)),
  );
  const charts: (ChartBlueprint | undefined)[] = [
    watched
      ? { capability: 'drift-alerts', create: (scope) => new DriftAlerts(scope, 'drift-alerts', context) }
      : undefined,
    startsRuns(deployment)
      ? { capability: 'alert-routing', create: (scope) => new AlertRouting(scope, 'alert-routing', context) }
      : undefined,
    watched && isHeard(context)
      ? { capability: 'notifications', create: (scope) => new Notifications(scope, 'notifications', context) }
      : undefined,
    released === undefined
      ? undefined
      : {
          capability: 'model-serving',
          create: (scope) => new ModelServing(scope, 'model-serving', { ...context, released }),
        },
  ];
  return [
    ...charts.filter((chart) => chart !== undefined),
    ...(released === undefined ? [] : planServingView(context)),
    ...planModelMonitoring(context, released !== undefined),
  ];
}
