/** The door for what comes from outside: over TLS, by the paths of such senders alone. */
export type Exposure = IngressExposure | RouteExposure | HttpRouteExposure;

/** What makes it reachable. */
export const exposureKinds = ['ingress', 'httproute', 'route'] as const;

export type ExposureKind = (typeof exposureKinds)[number];

interface Door {
  readonly host: string;
  /** Where the controller's proxies run: from there alone comes what comes from outside. Of a route `openshift-ingress`. */
  readonly namespace: string;
  /** On the object, for what controllers have of their own. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Annotations that driftloop sets itself: written by hand, they would be ignored or lift the limit. */
export const ownAnnotations = {
  /** Of every kind: when Argo CD applies the object. */
  syncWave: 'argocd.argoproj.io/sync-wave',
  /** Of an Ingress of the class `nginx`: from `bodyLimit`. */
  bodyLimit: 'nginx.ingress.kubernetes.io/proxy-body-size',
  /** Of an Ingress of the class `nginx`: nothing comes in without TLS. */
  sslRedirect: 'nginx.ingress.kubernetes.io/ssl-redirect',
} as const;

/** An Ingress. */
export interface IngressExposure extends Door {
  readonly kind: 'ingress';
  /** The IngressClass. Default `nginx`. */
  readonly class: string;
  /** Secret with the certificate, in the namespace of the Service. */
  readonly tlsSecret: string;
  /**
   * Larger bodies are refused; a Kubernetes quantity. Default 5Mi. Undefined for other classes than `nginx`, whose
   * limits nobody here knows.
   */
  readonly bodyLimit: string | undefined;
}

/** Routes of OpenShift, one for each path; with the router's certificate. */
export interface RouteExposure extends Door {
  readonly kind: 'route';
}

/** An HTTPRoute of the Gateway API; with the certificate of the Gateway. */
export interface HttpRouteExposure extends Door {
  readonly kind: 'httproute';
  readonly gateway: GatewayListener;
}

/** The part of a Gateway that a route hangs on. */
export interface GatewayListener {
  readonly name: string;
  readonly namespace: string;
  /** Name of its listener that has the certificate. Default `https`. */
  readonly listener: string;
}
