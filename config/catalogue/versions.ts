import type { Profile } from '../model-profile.js';

/** What is installed in the cluster and decides what can be rendered; the keys of `versions` in driftloop.yaml. */
export const components = {
  tekton: 'Tekton Pipelines',
  triggers: 'Tekton Triggers',
  prometheusOperator: 'Prometheus operator',
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
  kserve: 'KServe',
  argocd: 'Argo CD',
} as const;

export type Component = keyof typeof components;

/**
 * What is taken when `versions` says nothing: for kubernetes what driftloop is tested with on a cluster, for openshift
 * what OpenShift 4.20, OpenShift Pipelines 1.20, OpenShift GitOps 1.18 and OpenShift AI 2.25 brought along, so that
 * newer ones have it all, too.
 */
export const builtInVersions: Readonly<Record<Profile, Readonly<Record<Component, string>>>> = {
  kubernetes: {
    tekton: '1.15.0',
    triggers: '0.37.0',
    prometheusOperator: '0.93.0',
    prometheus: '3.13.1',
    alertmanager: '0.33.1',
    kserve: '0.20.0',
    argocd: '3.5.1',
  },
  openshift: {
    tekton: '1.3',
    triggers: '0.33',
    prometheusOperator: '0.85.0',
    prometheus: '3.5.0',
    alertmanager: '0.28.1',
    kserve: '0.15',
    argocd: '3.1',
  },
};
