import { k8s, ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ModelRegistry } from '../../config/model-registry.js';
import type { Platform, Repository } from '../../config/model.js';
import { commonLabels, labels, registryFollowerName, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { restrictedContainer, restrictedPod } from '../security/pod-security.js';
import { rightsFirst } from '../security/rights.js';
import { describeCredentials } from '../tasks/credentials.js';
import { followReleases } from '../tasks/register.js';
import { listParams } from '../tasks/step-contract.js';
import { homeVariable, stepProgram } from '../tasks/step-task.js';

export interface RegistryFollowerProps {
  readonly platform: Platform;
  readonly registry: ModelRegistry;
  readonly repository: Repository;
  /** Names, in the order of promotion. */
  readonly environments: readonly string[];
}

/** How often the registry is brought in step with the records. */
const everyFiveMinutes = '*/5 * * * *';

/**
 * Keeps the labels of the model registry in step with the release records, whatever has changed them: a run, a merged
 * pull request, a rollback. So no registry that is down can hold up a release, and none is forgotten.
 */
export class RegistryFollower extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: RegistryFollowerProps) {
    super(scope, capability, { namespace: props.platform.namespaces.toolings });
    new ServiceAccount(this, 'account', {
      metadata: { name: registryFollowerName, ...rightsFirst },
      automountToken: false,
    });
    new k8s.KubeCronJob(this, 'follower', {
      metadata: {
        name: registryFollowerName,
        annotations: { [syncWave.annotation]: syncWave.triggers },
      },
      spec: {
        schedule: everyFiveMinutes,
        startingDeadlineSeconds: 300,
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: { spec: describeJob(props) },
      },
    });
  }
}

function describeJob(props: RegistryFollowerProps): k8s.JobSpec {
  return {
    backoffLimit: 0,
    activeDeadlineSeconds: 240,
    template: {
      metadata: { labels: { ...commonLabels, [labels.component]: registryFollowerName } },
      spec: {
        serviceAccountName: registryFollowerName,
        automountServiceAccountToken: false,
        restartPolicy: 'Never',
        enableServiceLinks: false,
        securityContext: restrictedPod(props.platform),
        containers: [describeContainer(props)],
        volumes: [{ name: 'home', emptyDir: {} }],
      },
    },
  };
}

function describeContainer({
  platform,
  registry,
  repository,
  environments,
}: RegistryFollowerProps): k8s.Container {
  const { cpu, memory } = followReleases.resources;
  const values: Readonly<Record<string, string>> = {
    environments: environments.join(','),
    'target-repository': repository.url,
    'target-branch': repository.branch,
    'registry-kind': registry.kind,
    'registry-url': registry.url,
  };
  return {
    name: followReleases.name,
    image: platform.images.steps,
    command: [...stepProgram, followReleases.name],
    env: [
      homeVariable,
      { name: 'TMPDIR', value: homeVariable.value },
      ...listParams(followReleases).map(({ name, variable }) => ({
        name: variable,
        value: values[name] ?? '',
      })),
      ...describeCredentials(followReleases.credentials, platform),
    ],
    // Git works in a temporary folder, and the root file system is read-only.
    volumeMounts: [{ name: 'home', mountPath: homeVariable.value }],
    resources: {
      requests: { cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString(memory) },
      limits: { memory: k8s.Quantity.fromString(memory) },
    },
    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
  };
}
