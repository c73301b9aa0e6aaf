import type { Construct } from 'constructs';
import type { Environment } from '../../config/model.js';
import type { TrustyAiSettings as Service } from '../../config/model-monitoring.js';
import {
  TrustyAiService,
  TrustyAiServiceSpecStorageFormat as Format,
} from '../../imports/trustyai.opendatahub.io.js';
import type { TrustyAiServiceSpec } from '../../imports/trustyai.opendatahub.io.js';
import { labels } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';

export interface MonitorServiceProps {
  readonly environment: Environment;
  readonly service: Service;
}

/**
 * The TrustyAIService of an environment. The version is v1alpha1, which every operator serves; v1 differs in the status
 * only. The operator always runs one replica, whatever the object says, so it says nothing.
 */
export class MonitorService extends DriftloopChart {
  constructor(scope: Construct, capability: string, { environment, service }: MonitorServiceProps) {
    super(scope, capability, { namespace: environment.namespace });
    new TrustyAiService(this, 'service', {
      metadata: {
        name: service.name,
        labels: { [labels.environment]: environment.name, [labels.component]: 'monitor' },
      },
      spec: describeService(service),
    });
  }
}

function describeService({ storage, schedule, batchSize }: Service): TrustyAiServiceSpec {
  const metrics = { schedule: `${schedule.milliseconds / 1000}s`, batchSize };
  if (storage.kind === 'database') {
    return { storage: { format: Format.DATABASE, databaseConfigurations: storage.secret }, metrics };
  }
  return {
    storage: { format: Format.PVC, folder: '/inputs', size: storage.size },
    data: { filename: 'data.csv', format: 'CSV' },
    metrics,
  };
}
