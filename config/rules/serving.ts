import type { Problem } from '../../problems/problem.js';
import type { InferenceServiceServing, Serving, Workspace } from '../model.js';
import { isStored, isTagged } from '../values/model-location.js';
import type { Rule, Subject } from './rule.js';
import { problemAt } from './rule.js';
import type { Need } from './unsupported.js';
import { checkNeed } from './unsupported.js';

/** How a model is served must do what it says: what KServe would ignore is as wrong as what it refuses. */
export const checkServing: Rule = (workspace) =>
  workspace.models.flatMap((model) =>
    model.deployments.flatMap(({ environment, serving }) => {
      if (serving === undefined) return [];
      const where = `${model.name}/${environment.name}`;
      return [
        ...checkInitial(workspace, where, serving),
        ...(serving.kind === 'inferenceservice' ? checkInferenceService(workspace, where, serving) : []),
      ];
    }),
  );

function checkInitial(workspace: Workspace, where: string, { initial }: Serving): readonly Problem[] {
  if (initial === undefined || !(isTagged(initial.image) || isStored(initial.image))) return [];
  const subject = { where, path: 'serving.initial.image' };
  const message = isTagged(initial.image)
    ? 'The tag of the first version may mean another model tomorrow.'
    : 'Whoever writes to the store changes the first version without a commit.';
  const hint = 'Name the digest of what was tested: `oci://registry.example.com/team/model@sha256:…`.';
  return [problemAt(workspace, subject, { code: 'CONFIG_MODEL_TAG', severity: 'warning', message, hint })];
}

function checkInferenceService(
  workspace: Workspace,
  where: string,
  serving: InferenceServiceServing,
): readonly Problem[] {
  return [
    ...checkCanary(workspace, { where, path: 'serving.canary.trafficPercent' }, serving),
    ...checkExposure(workspace, where, serving),
    ...checkNeeds(workspace, where, serving),
    ...checkTransformerName(workspace, where, serving),
    ...checkPorts(workspace, { where, path: 'serving.transformer.port' }, serving),
  ];
}

function checkCanary(
  workspace: Workspace,
  subject: Subject,
  { canary, mode }: InferenceServiceServing,
): readonly Problem[] {
  if (canary === undefined || mode === 'Knative') return [];
  const message =
    'KServe splits no requests in Standard mode: all of them would go to one version, whatever the percentage.';
  const hint = 'Remove `canary`; in `mode: Knative` it works.';
  return [problemAt(workspace, subject, { code: 'CONFIG_CANARY', message, hint })];
}

/** Containers of one Pod share its ports. */
function checkPorts(
  workspace: Workspace,
  subject: Subject,
  { transformer, runtime }: InferenceServiceServing,
): readonly Problem[] {
  if (transformer?.placement !== 'sidecar' || runtime?.kind !== 'own' || runtime.port !== transformer.port)
    return [];
  const message = `Model server and transformer share a Pod, and both would listen on port ${transformer.port}.`;
  const hint = 'Give the server another port, and tell it so: `server: { port: 8090, args: [...] }`.';
  const written = [subject.path, 'serving.server.port', 'serving.transformer.image'];
  const path =
    written.find((each) => workspace.origins.get(`${subject.where}:${each}`)?.position !== undefined) ??
    subject.path;
  return [
    problemAt(workspace, { where: subject.where, path }, { code: 'CONFIG_SERVING_CONFLICT', message, hint }),
  ];
}

/** OpenShift AI puts something before the model that checks tokens; elsewhere nothing does. */
function checkExposure(
  workspace: Workspace,
  where: string,
  { exposed, authentication, connection }: InferenceServiceServing,
): readonly Problem[] {
  const problems: Problem[] = [];
  const isOpenShift = workspace.platform.capabilities.modelController === 'openshift-ai';
  const subject = { where, path: 'serving.authentication' };
  if (!isOpenShift && authentication !== undefined) {
    const message =
      '`serving.authentication` is what OpenShift AI reads; on kubernetes nothing would check tokens.';
    const hint = 'Remove it, and let the gateway ask who calls.';
    problems.push(problemAt(workspace, subject, { code: 'CONFIG_EXPOSED', message, hint }));
  }
  if (isOpenShift && exposed && authentication === false) {
    const message = 'Everybody who reaches the cluster may use the model.';
    const hint = 'Remove `authentication: false`, unless that is what you want.';
    problems.push(
      problemAt(workspace, subject, { code: 'CONFIG_EXPOSED', severity: 'warning', message, hint }),
    );
  }
  if (!isOpenShift && connection !== undefined) {
    const message = 'Connections belong to OpenShift AI; nothing reads them on kubernetes.';
    const hint =
      'Name the Secret: `imagePullSecrets: [...]`, or `serviceAccount: { secrets: [...] }` for a store.';
    const place = { where, path: 'serving.connection' };
    problems.push(problemAt(workspace, place, { code: 'CONFIG_UNSUPPORTED', message, hint }));
  }
  return problems;
}

/** What came to KServe later than its serving of models. */
function checkNeeds(
  workspace: Workspace,
  where: string,
  { transformer, autoscaling }: InferenceServiceServing,
): readonly Problem[] {
  const target = autoscaling?.target;
  const needs: Need[] = [];
  if (transformer?.placement === 'sidecar') {
    const subject = { where, path: 'serving.transformer.image' };
    const words = 'A transformer beside the model';
    const otherwise = 'Or write `placement: component`.';
    needs.push({ feature: 'sidecarTransformer', value: true, subject, words, otherwise });
  }
  if (target?.metric === 'prometheus') {
    const secured = target.tokenSecret !== undefined || target.caSecret !== undefined;
    const feature = secured ? 'kedaAuthentication' : 'kedaScaling';
    const subject = { where, path: 'serving.autoscaling.metric' };
    const words = secured
      ? 'Scaling by a Prometheus that asks for a token'
      : 'Scaling by a query of Prometheus';
    needs.push({ feature, value: true, subject, words, otherwise: 'Or scale by `cpu`.' });
  }
  return needs.flatMap((need) => checkNeed(workspace, need) ?? []);
}

/** Kubernetes' limit for the name of a Service, which KServe makes of the model's. */
const transformerNameLimit = 63 - '-transformer'.length;

function checkTransformerName(
  workspace: Workspace,
  where: string,
  { transformer }: InferenceServiceServing,
): readonly Problem[] {
  const [name = ''] = where.split('/');
  if (transformer?.placement !== 'component' || name.length <= transformerNameLimit) return [];
  const subject = { where, path: 'serving.transformer.placement' };
  const message = `The Service of the transformer would have more than 63 characters: \`${name}-transformer\`.`;
  const hint = `Give the model at most ${transformerNameLimit} characters, or write \`placement: sidecar\`.`;
  return [problemAt(workspace, subject, { code: 'CONFIG_NAME', message, hint })];
}
