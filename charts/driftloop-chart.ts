import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { commonLabels } from './conventions.js';

export interface DriftloopChartProps {
  /**
   * Namespace of the chart's objects.
   * @default - none: every object names its own, or is cluster-scoped
   */
  readonly namespace?: string | undefined;
}

/**
 * Base of all charts: one chart is one capability and one file in Git.
 * Charts never depend on each other (cdk8s would rename every file); Argo CD's sync waves give the order.
 */
export abstract class DriftloopChart extends Chart {
  protected constructor(scope: Construct, capability: string, props: DriftloopChartProps = {}) {
    super(scope, capability, {
      disableResourceNameHashes: true,
      labels: { ...commonLabels },
      ...(props.namespace === undefined ? {} : { namespace: props.namespace }),
    });
  }

  /** A name made of construct paths would change with the code; Argo CD would delete the object and create another. */
  override generateObjectName(object: ApiObject): string {
    throw new Error(`${object.node.path} needs an explicit metadata.name`);
  }

  /** cdk8s would resolve and validate the whole app again for each chart, which makes the time quadratic. */
  override toJson(): unknown[] {
    return this.node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object) => object.toJson() as unknown);
  }
}
