import type { Construct } from 'constructs';
import type { Deployment, Model, Platform, Training } from '../../config/model.js';
import { Trigger } from '../../imports/triggers.tekton.dev.js';
import type { TriggerInterceptor } from '../../imports/triggers.tekton.dev.js';
import { alertFilter, payloadValues, startsRuns } from '../contract.js';
import { alertToken, labels, listenerOf, runNamePrefix, syncWave, triggerName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { buildEventTrigger } from './events/event-trigger.js';
import { planEventTriggers } from './events/event-triggers.js';
import { describeRun } from './run-template.js';
import type { RunStart } from './run-template.js';

export interface ModelTriggersProps {
  readonly platform: Platform;
  readonly model: Model;
}

/**
 * What starts a run of one model: a Trigger for each environment whose detectors ask for retraining, and one for each
 * other way.
 */
export class ModelTriggers extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: ModelTriggersProps) {
    super(scope, capability, { namespace: props.platform.namespaces.toolings });
    const { training } = props.model;
    if (training === undefined) throw new Error(`model ${props.model.name} has no training to trigger`);
    for (const deployment of props.model.deployments.filter(startsRuns)) {
      this.addTrigger(props, training, deployment);
    }
    for (const planned of planEventTriggers(props.platform, props.model))
      buildEventTrigger(this, props.platform, props.model, training, planned);
  }

  private addTrigger(
    { platform, model }: ModelTriggersProps,
    training: Training,
    deployment: Deployment,
  ): void {
    const environment = deployment.environment.name;
    new Trigger(this, environment, {
      metadata: {
        name: triggerName(model.name, environment),
        labels: {
          [labels.listener]: listenerOf(deployment.environment),
          [labels.model]: model.name,
          [labels.environment]: environment,
        },
        annotations: { [syncWave.annotation]: syncWave.triggers },
      },
      spec: {
        interceptors: [selectAlerts(platform, model, training, deployment)],
        bindings: templateParams.map((name) => ({ name, value: `$(extensions.${name})` })),
        template: {
          spec: {
            params: templateParams.map((name) => ({ name })),
            resourcetemplates: [describeRun(platform, model, training, startOfAlert(model, environment))],
          },
        },
      },
    });
  }
}

/** Params of the TriggerTemplate: all that comes from the payload. */
const templateParams = [payloadValues.fingerprint.extension, payloadValues.startedAt.extension];

/** The name says which episode of drift it is. */
function startOfAlert(model: Model, environment: string): RunStart {
  const event = templateParams.map((name) => `$(tt.params.${name})`).join('-');
  return {
    startedBy: 'alert',
    environment,
    name: `${runNamePrefix(model.name, environment)}${event}`,
    event,
  };
}

/** Lets the alerts of one model and environment through, and takes from them what the run's name needs. */
function selectAlerts(
  platform: Platform,
  model: Model,
  training: Training,
  { environment }: Deployment,
): TriggerInterceptor {
  const subject = { model: model.name, environment: environment.name, namespace: environment.namespace };
  const overlays = Object.values(payloadValues).map(({ extension, expression }) => ({
    key: extension,
    expression,
  }));
  return {
    name: 'alert',
    ref: { name: 'cel', kind: 'ClusterInterceptor' },
    params: [
      {
        name: 'filter',
        value: alertFilter(subject, alertToken(platform, environment.cluster), training.when),
      },
      { name: 'overlays', value: overlays },
    ],
  };
}
