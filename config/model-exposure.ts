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

/** An Ingress. */
export interface IngressExposure extends Door {
  readonly kind: 'ingress';
  /** The IngressClass. Default `nginx`. */
  readonly class: string;
  /** Secret with the certificate, in the namespace of the Service. */
  readonly tlsSecret: string;
  /**
   * Larger bodies are refused; a Kubernetes quantity. Default 5Mi. Undefined for other classes than `nginx`, whose
   * limits stand in `annotations`.
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
