import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import type { RegistryAccess } from '../../steps/oci/session.js';
import type { MonitoringName } from '../../charts/tasks/credentials.js';
import type { MonitoringAccess, RunPlace, StepContext } from '../../steps/step.js';

/** A step's surroundings, with what it logged. */
export function createContext(
  parts: {
    api?: KubernetesApi;
    workspace?: string;
    token?: string;
    registries?: RegistryAccess;
    now?: Date;
    secrets?: Readonly<Record<string, string>>;
    servers?: Partial<Record<MonitoringName, MonitoringAccess>>;
    clock?: () => Date;
    place?: RunPlace;
    wait?: StepContext['wait'];
    stopped?: AbortSignal;
  } = {},
): StepContext & {
  readonly lines: readonly string[];
} {
  const lines: string[] = [];
  return {
    workspace: () => required(parts.workspace, 'workspace'),
    api: () => required(parts.api, 'api'),
    credentials: undefined,
    listenerToken: () => required(parts.token, 'token'),
    registries: () => Promise.resolve(required(parts.registries, 'registries')),
    secret: (variable) => parts.secrets?.[variable],
    server: (name) => parts.servers?.[name] ?? { token: undefined, authority: undefined },
    place: () => required(parts.place, 'place'),
    wait: parts.wait ?? (() => Promise.resolve()),
    stopped: () => parts.stopped ?? new AbortController().signal,
    now: () => parts.clock?.() ?? parts.now ?? new Date('2026-11-21T10:00:00Z'),
    log: (line) => lines.push(line),
    lines,
  };
}

function required<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new Error(`the step asked for ${name}, which its contract does not say`);
  return part;
}
