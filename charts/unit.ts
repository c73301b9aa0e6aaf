import type { Construct } from 'constructs';
import type { Environment } from '../config/model.js';
import type { DriftloopChart } from './driftloop-chart.js';

/** What is rendered and delivered together: one folder, one Argo CD Application. */
export interface Unit {
  /** `bootstrap`, `bootstrap/<cluster>`, `applications`, `toolings`, `<environment>/platform` or `<environment>/<model>`. */
  readonly name: string;
  /** Folder in `dist/` and in the target, `/` between its parts. */
  readonly directory: string;
  /** Set for units of an environment. */
  readonly environment: string | undefined;
  /** Set for units of one model. */
  readonly model: string | undefined;
  /**
   * Name of the cluster its objects live on.
   * @default - that of the toolings
   */
  readonly cluster?: string;
}

/** A unit before it is rendered: cheap until one of its charts is created. */
export interface UnitBlueprint {
  readonly unit: Unit;
  /**
   * Where its objects go.
   * @default - the toolings, or no single place
   */
  readonly place?: Environment;
  readonly charts: readonly ChartBlueprint[];
  /** Files besides the charts. */
  readonly texts?: readonly UnitText[];
}

export interface ChartBlueprint {
  /** Names the file within the unit's folder (chartFile). */
  readonly capability: string;
  /**
   * Whose it is, within a unit of all models; it must depend on that model and the platform alone.
   * @default - the unit's model
   */
  readonly model?: string;
  create(scope: Construct): DriftloopChart;
}

export interface UnitText {
  /** Below the unit's folder. */
  readonly path: string;
  readonly text: string;
}

/** The part of a unit that says on which cluster a place is. */
export function clusterOf({ cluster }: Environment): Pick<Unit, 'cluster'> {
  return cluster === undefined ? {} : { cluster: cluster.name };
}
