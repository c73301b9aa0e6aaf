import type { Construct } from 'constructs';
import type { Model, Platform, Serving, Workspace } from '../../config/model.js';
import {
  applicationName,
  modelObjectName,
  rolloutViewName,
  runnerName,
  servingViewName,
} from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { grantRights, rightsFirst } from '../security/rights.js';
import type { Rule } from '../security/rights.js';
import type { ChartBlueprint } from '../unit.js';
import { awaitsRollout } from './graph/rollout.js';

interface RolloutRightsProps {
  readonly platform: Platform;
  /** Where what is looked at lives. */
  readonly namespace: string;
  /** Of Role and RoleBinding. */
  readonly name: string;
  readonly rule: Omit<Rule, 'verbs'>;
}

/** Lets the runs read, by name, what they wait for; never a list, and nothing else. */
export class RolloutRights extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, namespace, name, rule }: RolloutRightsProps) {
    super(scope, capability, { namespace });
    grantRights(this, {
      account: runnerName,
      name,
      namespace: platform.namespaces.toolings,
      ...rightsFirst,
      rules: [{ ...rule, verbs: ['get'] }],
    });
  }
}

const capability = 'rollout-rights';

/** In Argo CD's namespace: the Applications of what runs release. */
export function planRolloutView({
  platform,
  models,
}: Pick<Workspace, 'platform' | 'models'>): readonly ChartBlueprint[] {
  const awaited = models.filter((model) => awaitsRollout(platform, model));
  if (awaited.length === 0) return [];
  const props = {
    platform,
    namespace: platform.namespaces.argocd,
    name: rolloutViewName(platform.name),
    rule: {
      apiGroups: ['argoproj.io'],
      resources: ['applications'],
      resourceNames: awaited.map((model) => releasedApplication(platform, model)),
    },
  };
  return [{ capability, create: (scope) => new RolloutRights(scope, capability, props) }];
}

/** In the first environment of a model: what serves it there. Another cluster is out of the runs' reach. */
export function planServingView({
  platform,
  model,
  deployment,
}: ModelInEnvironment): readonly ChartBlueprint[] {
  const { environment, serving } = deployment;
  if (model.deployments[0] !== deployment || !awaitsRollout(platform, model)) return [];
  if (serving === undefined || environment.cluster !== undefined) return [];
  const props = {
    platform,
    namespace: environment.namespace,
    name: servingViewName(model.name),
    rule: { ...workloadOf(serving), resourceNames: [modelObjectName(model.name)] },
  };
  return [{ capability, create: (scope) => new RolloutRights(scope, capability, props) }];
}

function releasedApplication({ name: platform }: Platform, { name, deployments: [first] }: Model): string {
  return applicationName(platform, `${first?.environment.name ?? ''}/${name}`);
}

function workloadOf({ kind }: Serving): Pick<Rule, 'apiGroups' | 'resources'> {
  return kind === 'deployment'
    ? { apiGroups: ['apps'], resources: ['deployments'] }
    : { apiGroups: ['serving.kserve.io'], resources: ['inferenceservices'] };
}
