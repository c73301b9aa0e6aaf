/** The public interface of the package: everything else may change at any time. */

export { AlertRouting } from './charts/alerts/alert-routing.js';
export type { AlertRoutingProps } from './charts/alerts/alert-routing.js';
export { DriftAlerts } from './charts/alerts/drift-alerts.js';
export type { DriftAlertsProps } from './charts/alerts/drift-alerts.js';
export { DriftloopChart } from './charts/driftloop-chart.js';
export type { DriftloopChartProps } from './charts/driftloop-chart.js';
export { Notifications } from './charts/alerts/notifications.js';
export type { NotificationsProps } from './charts/alerts/notifications.js';
export { ModelServing } from './charts/serving/model-serving.js';
export type { ModelServingProps } from './charts/serving/model-serving.js';
export { ModelTriggers } from './charts/retraining/model-triggers.js';
export type { ModelTriggersProps } from './charts/retraining/model-triggers.js';
export { RetrainingPipeline } from './charts/retraining/retraining-pipeline.js';
export type { RetrainingPipelineProps } from './charts/retraining/retraining-pipeline.js';
export { RetrainingTasks } from './charts/retraining/retraining-tasks.js';
export type { RetrainingTasksProps } from './charts/retraining/retraining-tasks.js';
export { RetrainingTrigger } from './charts/retraining/retraining-trigger.js';
export type { RetrainingTriggerProps } from './charts/retraining/retraining-trigger.js';
export { RunnerRights } from './charts/retraining/runner-rights.js';
export type { RunnerRightsProps } from './charts/retraining/runner-rights.js';

export type { ModelInEnvironment } from './charts/model-in-environment.js';
export type { ChartBlueprint, Unit, UnitBlueprint, UnitText } from './charts/unit.js';
export type * from './config/model.js';
export type { Release, Releases } from './config/release.js';
export type { Checked, Position, Problem, Severity } from './problems/problem.js';
export type { ProblemCode } from './problems/codes.js';
export type { KubernetesObject, Manifest, RenderedFile, RenderedUnit } from './synth/manifest.js';
export type { Synthesis } from './synth/write.js';

export { loadReleases } from './config/release-files.js';
export { loadWorkspace } from './config/load-workspace.js';
export { hasErrors } from './problems/problem.js';
export { planUnits as plan } from './charts/units.js';
export { renderUnits as render } from './synth/render.js';
export { synthesize } from './synth/write.js';
export { validateManifests as validate } from './validate/validate.js';
