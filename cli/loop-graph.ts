import { planAudience } from '../config/audience.js';
import { alertsUrl } from '../charts/conventions.js';
import { startsRuns } from '../charts/contract.js';
import { planEventTriggers } from '../charts/retraining/events/event-triggers.js';
import { planPipeline } from '../charts/retraining/graph/plan-pipeline.js';
import type { Deployment, Detector, Environment, Model, Platform, Workspace } from '../config/model.js';

/** The loop as a Mermaid flow chart: from each environment's metrics to the run, the release, and back. */
export function drawLoop(workspace: Workspace, models: readonly Model[]): string {
  const lines = models.flatMap((model) => drawModel(workspace, model));
  return `${['flowchart LR', ...lines].join('\n')}\n`;
}

function drawModel(workspace: Workspace, model: Model): readonly string[] {
  const at = (name: string) => identify(model.name, name);
  return [
    `  subgraph ${at('')}["${escapeLabel(model.name)}"]`,
    ...model.deployments.flatMap((deployment) => drawDeployment(workspace, model, deployment)),
    ...drawPipeline(workspace, model),
    '  end',
  ];
}

/** metric → detector → alert → trigger or receiver. */
function drawDeployment(workspace: Workspace, model: Model, deployment: Deployment): readonly string[] {
  const environment = deployment.environment.name;
  const at = (name: string) => identify(model.name, environment, name);
  const detectors = deployment.detectors.map((detector) => ({
    detector,
    id: at(`detector-${detector.name}`),
  }));
  const asking = (action: string) =>
    detectors.filter(({ detector }) => detector.actions.some((one) => one === action));
  const retrains = model.training !== undefined && startsRuns(deployment);
  const { listeners } = planAudience(workspace.platform.receivers, model, deployment);
  const told =
    asking('notify').length > 0 ? [...new Set(listeners.map(({ receiver }) => receiver.name))] : [];
  return [
    `    ${at('model')}["${escapeLabel(`${model.name} in ${describePlace(deployment.environment)}`)}"]`,
    ...detectors.map(({ detector, id }) => `    ${at('model')} --> ${id}["${describeDetector(detector)}"]`),
    ...(told.length > 0
      ? asking('notify').map(({ id }) => `    ${id} --> ${at('notify')}["alert: notify"]`)
      : []),
    ...told.map((name) => `    ${at('notify')} --> ${at(`receiver-${name}`)}(["${escapeLabel(name)}"])`),
    ...(retrains
      ? asking('retrain').map(({ id }) => `    ${id} --> ${at('retrain')}["alert: retrain"]`)
      : []),
    ...(retrains
      ? [
          `    ${at('retrain')} -->|${describeWay(workspace.platform, deployment.environment)}| ${identify(model.name, 'stage', 'admit')}`,
        ]
      : []),
  ];
}

function describePlace({ name, cluster }: Environment): string {
  return cluster === undefined ? name : `${name} on ${cluster.name}`;
}

/** Alerts of another cluster come by what is exposed. */
function describeWay({ exposure }: Platform, { cluster }: Environment): string {
  return cluster === undefined || exposure === undefined
    ? 'webhook'
    : `webhook, ${escapeLabel(alertsUrl(exposure))}`;
}

/** The stages of the run, and what a release brings about. */
function drawPipeline({ platform }: Workspace, model: Model): readonly string[] {
  if (model.training === undefined) return [];
  const at = (name: string) => identify(model.name, 'stage', name);
  const { stages } = planPipeline({ platform, model, training: model.training });
  const environment = model.deployments[0]?.environment.name;
  const released = stages.some(({ name }) => name === 'release') && environment !== undefined;
  return [
    ...planEventTriggers(platform, model).map(({ cause }) => {
      const id = identify(model.name, 'event', cause);
      return `    ${id}(["${cause}"]) --> ${at('admit')}`;
    }),
    ...stages.map(({ name }) => `    ${at(name)}("${escapeLabel(name)}")`),
    ...stages.flatMap(({ name, runAfter }) => runAfter.map((before) => `    ${at(before)} --> ${at(name)}`)),
    ...(released
      ? [
          `    ${at('release')} -->|commit| ${at('argocd')}[("GitOps repository")]`,
          `    ${at('argocd')} -->|Argo CD| ${identify(model.name, environment, 'model')}`,
        ]
      : []),
  ];
}

function describeDetector({ name, metric, bounds }: Detector): string {
  const sides = [
    ...(bounds.lower === undefined ? [] : [`below ${bounds.lower}`]),
    ...(bounds.upper === undefined ? [] : [`above ${bounds.upper}`]),
  ];
  return escapeLabel(`${name}: ${metric} ${sides.join(' or ')}`);
}

/** Mermaid's identifiers know no hyphens at every place; names are DNS labels, so this stays unique. */
function identify(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('-', '_'))
    .join('__');
}

function escapeLabel(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
