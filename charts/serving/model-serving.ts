import type { Construct } from 'constructs';
import type { Deployment, ReleasedModel } from '../../config/model.js';
import type { Release } from '../../config/release.js';
import { labels, modelObjectName, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { findService, loggerUrl } from '../monitoring/trustyai.js';
import { addInferenceService } from './inference-service.js';
import { addServerDeployment } from './server-deployment.js';
import { addServingAccount } from './serving-account.js';

export interface ModelServingProps extends ModelInEnvironment {
  /** What to serve (chooseRelease). */
  readonly released: ReleasedModel;
}

/** Runs the released version of a model in one environment. */
export class ModelServing extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: ModelServingProps) {
    const { platform, model, deployment, released } = props;
    const { environment, serving } = deployment;
    super(scope, capability, { namespace: environment.namespace });
    if (serving === undefined) throw new Error(`model ${model.name} is not served in ${environment.name}`);
    const metadata = {
      name: modelObjectName(model.name),
      labels: {
        [labels.model]: model.name,
        [labels.environment]: environment.name,
        [labels.component]: 'serving',
      },
      annotations: { [syncWave.annotation]: syncWave.models },
    };
    if (serving.serviceAccount !== undefined) addServingAccount(this, metadata, serving.serviceAccount);
    if (serving.kind === 'deployment') addServerDeployment(this, { platform, metadata, serving, released });
    else {
      const { capabilities } = platform;
      const { namespace } = environment;
      const service = findService(platform);
      const logger = service && loggerUrl(service, environment, serving.mode);
      addInferenceService(this, { metadata, namespace, capabilities, serving, released, logger });
    }
  }
}

/**
 * The recorded release, or what the configuration starts with; undefined: there is nothing to serve yet. What was
 * quarantined since is served on, because nothing better is known; whoever reads the records warns of it.
 */
export function chooseRelease(
  deployment: Deployment,
  release: Release | undefined,
): ReleasedModel | undefined {
  return deployment.serving === undefined ? undefined : (release ?? deployment.serving.initial);
}
