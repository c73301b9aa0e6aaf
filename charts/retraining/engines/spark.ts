import type { ContainerResources, SparkEngine } from '../../../config/model.js';
import { parseQuantity } from '../../../config/values/quantity.js';
import {
  SparkApplication,
  SparkApplicationSpecMode,
  SparkApplicationSpecPythonVersion,
  SparkApplicationSpecRestartPolicyType,
  SparkApplicationSpecType,
} from '../../../imports/sparkoperator.k8s.io.js';
import { runFolders } from '../../contract.js';
import { enginePath } from '../../engine-contract.js';
import { describePlacement } from '../../pod-placement.js';
import { restrictedPodWithVolumes } from '../../security/pod-security.js';
import {
  describeAffinity,
  describeMounts,
  describeTrainingVariables,
  runVolumes,
  groupLabels,
  engineMetadata,
  trainingSecurity,
} from './training-pod.js';
import type { EngineContext } from './training-pod.js';

type Context = EngineContext<SparkEngine>;

/** A driver with the run's volume, and executors that know nothing of it: Spark brings them what they work on. */
export function describeSpark(context: Context): unknown {
  const { training } = context;
  const { mainFile, workers } = training;
  return SparkApplication.manifest({
    metadata: engineMetadata(context),
    spec: {
      type: SparkApplicationSpecType.PYTHON,
      mode: SparkApplicationSpecMode.CLUSTER,
      pythonVersion: SparkApplicationSpecPythonVersion.VALUE_3,
      sparkVersion: training.sparkVersion,
      image: training.image,
      mainApplicationFile: mainFile.includes('://')
        ? mainFile
        : `local://${enginePath}/${runFolders.source}/${mainFile}`,
      ...(training.args.length === 0 ? {} : { arguments: [...training.args] }),
      restartPolicy: { type: SparkApplicationSpecRestartPolicyType.NEVER },
      volumes: runVolumes,
      driver: {
        ...describeSparkPod(context, training.resources),
        env: describeTrainingVariables(context),
        serviceAccount: training.serviceAccount,
        ...describeAffinity(context),
        volumeMounts: describeMounts(context),
      },
      executor: {
        ...describeSparkPod(context, workers.resources),
        env: Object.entries(training.env).map(([name, value]) => ({ name, value })),
        instances: workers.count,
      },
    },
  });
}

function describeSparkPod(context: Context, { cpu, memory }: ContainerResources) {
  return {
    cores: Math.max(1, Math.ceil(amountOf(cpu))),
    coreRequest: cpu,
    // Spark counts in mebibytes, and adds what its own processes need.
    memory: `${Math.ceil(amountOf(memory) / 1_048_576)}m`,
    labels: groupLabels,
    podSecurityContext: restrictedPodWithVolumes(context.platform),
    securityContext: trainingSecurity,
    ...describePlacement(context.training),
  };
}

function amountOf(quantity: string): number {
  const parsed = parseQuantity(quantity);
  if (parsed === undefined) throw new Error(`"${quantity}" is not a quantity`);
  return Number(parsed.nano) / 1e9;
}
