import { ApiObject } from 'cdk8s';
import type { ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * Tekton Triggers v1beta1, written by hand: the upstream definitions carry no schema, and the classes that
 * `cdk8s import` makes of them drop `spec` without a word. Types follow pkg/apis/triggers/v1beta1 of the
 * version in imports/crds/go.mod; the same knowledge as a schema is in generate/triggers.mjs.
 */
const apiVersion = 'triggers.tekton.dev/v1beta1';

/** A parameter that a TriggerTemplate declares (param.go, ParamSpec). */
export interface TemplateParam {
  readonly name: string;
  readonly description?: string;
  /** Value when no binding gives one. */
  readonly default?: string;
}

/** A named value; JSONPath in `$(...)` is filled from the event (param.go, Param). */
export interface BindingParam {
  readonly name: string;
  readonly value: string;
}

/** An object the listener creates; `$(tt.params.NAME)` is replaced in its text. */
export interface ResourceTemplate {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** trigger_template_types.go, TriggerTemplateSpec. */
export interface TriggerTemplateSpec {
  readonly params?: readonly TemplateParam[];
  readonly resourcetemplates: readonly ResourceTemplate[];
}

/** trigger_binding_types.go, TriggerBindingSpec. */
export interface TriggerBindingSpec {
  readonly params: readonly BindingParam[];
}

/** A value given here, or a reference to a binding; never both (trigger_types.go, TriggerSpecBinding). */
export type TriggerSpecBinding =
  | BindingParam
  | {
      readonly ref: string;
      /** Filled in by Tekton's webhook when missing, so give it: otherwise Argo CD sees a difference. */
      readonly kind: 'TriggerBinding' | 'ClusterTriggerBinding';
    };

/** A template by name, or in place; never both (trigger_types.go, TriggerSpecTemplate). */
export type TriggerSpecTemplate = { readonly ref: string } | { readonly spec: TriggerTemplateSpec };

/** One parameter of an interceptor; the value is any JSON (trigger_types.go, InterceptorParams). */
export interface InterceptorParam {
  readonly name: string;
  readonly value: unknown;
}

/** trigger_types.go, TriggerInterceptor, without the old webhook form. */
export interface TriggerInterceptor {
  readonly name?: string;
  readonly ref: {
    readonly name: string;
    /** Filled in by Tekton's webhook when missing, so give it: otherwise Argo CD sees a difference. */
    readonly kind: 'ClusterInterceptor' | 'NamespacedInterceptor';
    readonly apiVersion?: string;
  };
  readonly params?: readonly InterceptorParam[];
}

/** trigger_types.go, TriggerSpec. */
export interface TriggerSpec {
  readonly name?: string;
  /** Account that creates the objects; must be in the Trigger's namespace. Default: the listener's. */
  readonly serviceAccountName?: string;
  readonly interceptors?: readonly TriggerInterceptor[];
  readonly bindings: readonly TriggerSpecBinding[];
  readonly template: TriggerSpecTemplate;
}

/** Kubernetes' label selector. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** event_listener_types.go, NamespaceSelector; `*` stands for all namespaces. */
export interface NamespaceSelector {
  readonly matchNames: readonly string[];
}

/** A trigger written inside the listener, or a reference to one (event_listener_types.go, EventListenerTrigger). */
export type EventListenerTrigger =
  | { readonly triggerRef: string }
  | {
      readonly name?: string;
      readonly serviceAccountName?: string;
      readonly interceptors?: readonly TriggerInterceptor[];
      readonly bindings?: readonly TriggerSpecBinding[];
      readonly template: TriggerSpecTemplate;
    };

/** Interceptors in front of the Triggers that a selector finds (EventListenerTriggerGroup). */
export interface EventListenerTriggerGroup {
  readonly name: string;
  readonly interceptors: readonly TriggerInterceptor[];
  readonly triggerSelector: {
    readonly namespaceSelector?: NamespaceSelector;
    readonly labelSelector?: LabelSelector;
  };
}

/** The listener's own Deployment and Service (event_listener_types.go, KubernetesResource). */
export interface ListenerResource {
  /** Default 1. */
  readonly replicas?: number;
  /** Default ClusterIP. */
  readonly serviceType?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Default 8080. */
  readonly servicePort?: number;
  readonly spec?: { readonly template: { readonly metadata?: PodMetadata; readonly spec?: ListenerPod } };
}

export interface PodMetadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The fields of a Pod that Tekton's webhook lets through (event_listener_validation.go, podSpecMask). */
export interface ListenerPod {
  readonly serviceAccountName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Readonly<Record<string, unknown>>[];
  readonly affinity?: Readonly<Record<string, unknown>>;
  readonly topologySpreadConstraints?: readonly Readonly<Record<string, unknown>>[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
  /** At most one. */
  readonly containers?: readonly ListenerContainer[];
}

/** The fields of a container that Tekton's webhook lets through (containerFieldMaskForKubernetes). */
export interface ListenerContainer {
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  readonly env?: readonly Readonly<Record<string, unknown>>[];
  readonly livenessProbe?: Readonly<Record<string, unknown>>;
  readonly readinessProbe?: Readonly<Record<string, unknown>>;
  readonly startupProbe?: Readonly<Record<string, unknown>>;
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

/** event_listener_types.go, EventListenerSpec; at least one of triggers, groups and selectors. */
export interface EventListenerSpec {
  readonly serviceAccountName?: string;
  readonly triggers?: readonly EventListenerTrigger[];
  readonly triggerGroups?: readonly EventListenerTriggerGroup[];
  /** Without it only Triggers of the listener's own namespace are looked at. */
  readonly namespaceSelector?: NamespaceSelector;
  readonly labelSelector?: LabelSelector;
  readonly resources?: { readonly kubernetesResource: ListenerResource };
  readonly cloudEventURI?: string;
}

export interface EventListenerProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: EventListenerSpec;
}

/** Receives events over HTTP and lets Triggers act on them. */
export class EventListener extends ApiObject {
  static readonly GVK: GroupVersionKind = { apiVersion, kind: 'EventListener' };

  constructor(scope: Construct, id: string, props: EventListenerProps) {
    super(scope, id, { ...EventListener.GVK, ...props });
  }
}

export interface TriggerProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: TriggerSpec;
}

/** Decides whether an event counts, reads values from it and names what to create. */
export class Trigger extends ApiObject {
  static readonly GVK: GroupVersionKind = { apiVersion, kind: 'Trigger' };

  constructor(scope: Construct, id: string, props: TriggerProps) {
    super(scope, id, { ...Trigger.GVK, ...props });
  }
}

/** interceptor_types.go, InterceptorSpec; its address as a Service. */
export interface InterceptorSpec {
  readonly clientConfig: {
    /** Certificates that the Service's must come from, as PEM in Base64; without it, it is asked without TLS. */
    readonly caBundle?: string;
    readonly service: {
      readonly name: string;
      readonly namespace: string;
      readonly path?: string;
      /** Default 80, with `caBundle` 8443. */
      readonly port?: number;
    };
  };
}

export interface InterceptorProps {
  /** Tekton's webhook replaces all labels when `server/type` is not among them. */
  readonly metadata?: ApiObjectMetadata;
  readonly spec: InterceptorSpec;
}

/** Says of an event whether Triggers of its namespace may act on it. */
export class Interceptor extends ApiObject {
  static readonly GVK: GroupVersionKind = { apiVersion: 'triggers.tekton.dev/v1alpha1', kind: 'Interceptor' };

  constructor(scope: Construct, id: string, props: InterceptorProps) {
    super(scope, id, { ...Interceptor.GVK, ...props });
  }
}

export interface TriggerBindingProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: TriggerBindingSpec;
}

/** Reads values from an event. */
export class TriggerBinding extends ApiObject {
  static readonly GVK: GroupVersionKind = { apiVersion, kind: 'TriggerBinding' };

  constructor(scope: Construct, id: string, props: TriggerBindingProps) {
    super(scope, id, { ...TriggerBinding.GVK, ...props });
  }
}

export interface TriggerTemplateProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: TriggerTemplateSpec;
}

/** Holds the objects that an event creates. */
export class TriggerTemplate extends ApiObject {
  static readonly GVK: GroupVersionKind = { apiVersion, kind: 'TriggerTemplate' };

  constructor(scope: Construct, id: string, props: TriggerTemplateProps) {
    super(scope, id, { ...TriggerTemplate.GVK, ...props });
  }
}
