import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ScheduleTrigger } from '../../config/model-triggers.js';
import type { Model, Platform } from '../../config/model.js';
import { commonLabels, labels, listenerUrl, scheduleName, schedulerName, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { restrictedContainer, restrictedPod } from '../security/pod-security.js';
import { startRun } from '../tasks/start-run.js';
import { listParams, stepVariables } from '../tasks/step-contract.js';
import { authorityVariable, stepProgram } from '../tasks/step-task.js';

export interface ModelScheduleProps {
  readonly platform: Platform;
  readonly model: Model;
  readonly schedule: ScheduleTrigger;
}

/** The authority of the cluster's certificates for Services, which OpenShift puts beside every account's token. */
const serviceAuthority = '/var/run/secrets/kubernetes.io/serviceaccount/service-ca.crt';

/** On the Pods of the schedules, by which the listener lets them in. */
export const schedulerPodLabels = { [labels.component]: schedulerName };

/** Asks for a run of a model at fixed times; its Jobs are the only owner of the schedule. */
export class ModelSchedule extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: ModelScheduleProps) {
    super(scope, capability, { namespace: props.platform.namespaces.toolings });
    const { model, schedule } = props;
    new k8s.KubeCronJob(this, 'schedule', {
      metadata: {
        name: scheduleName(model.name),
        labels: { [labels.model]: model.name },
        annotations: { [syncWave.annotation]: syncWave.triggers },
      },
      spec: {
        schedule: schedule.cron,
        timeZone: schedule.timeZone,
        startingDeadlineSeconds: Math.round(schedule.startingDeadline.milliseconds / 1000),
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: { spec: describeJob(props) },
      },
    });
  }
}

/** A Pod that fails is repeated; all of them ask for the same run. */
function describeJob(props: ModelScheduleProps): k8s.JobSpec {
  return {
    backoffLimit: 2,
    activeDeadlineSeconds: 600,
    template: {
      metadata: { labels: { ...commonLabels, ...schedulerPodLabels } },
      spec: {
        serviceAccountName: schedulerName,
        restartPolicy: 'Never',
        enableServiceLinks: false,
        securityContext: restrictedPod(props.platform),
        containers: [describeContainer(props)],
      },
    },
  };
}

function describeContainer({ platform, model }: ModelScheduleProps): k8s.Container {
  const { cpu, memory } = startRun.resources;
  const values: Readonly<Record<string, Omit<k8s.EnvVar, 'name'>>> = {
    model: { value: model.name },
    schedule: { value: scheduleName(model.name) },
    job: { valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } } },
    listener: { value: listenerUrl(platform) },
    authority: { value: serviceAuthority },
  };
  const { name, key } = platform.alerting.tokenSecret;
  return {
    name: startRun.name,
    image: platform.images.steps,
    command: [...stepProgram, startRun.name],
    env: [
      authorityVariable,
      ...listParams(startRun).map((param) => ({ name: param.variable, ...values[param.name] })),
      { name: stepVariables.listenerToken, valueFrom: { secretKeyRef: { name, key } } },
    ],
    resources: {
      requests: { cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString(memory) },
      limits: { memory: k8s.Quantity.fromString(memory) },
    },
    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
  };
}
