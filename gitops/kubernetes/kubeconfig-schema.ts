import { z } from 'zod';

const text = z.string().min(1).optional();
export const clusterEntry = z.object({
  server: z.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': z.boolean().optional(),
  'proxy-url': text,
});

export const execEntry = z.object({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  provideClusterInfo: z.boolean().optional(),
});

export const userEntry = z.object({
  token: text,
  tokenFile: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  exec: execEntry.nullish(),
  'auth-provider': z.unknown().optional(),
  username: text,
  as: text,
});

const contextEntry = z.object({ cluster: z.string(), user: z.string().default(''), namespace: text });

/** A kubeconfig, as far as reading objects needs it; whatever else it holds may be there. */
export const kubeconfigFile = z.object({
  'current-context': z.string().nullish(),
  clusters: z.array(z.object({ name: z.string(), cluster: clusterEntry })).nullish(),
  users: z.array(z.object({ name: z.string(), user: userEntry.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: contextEntry })).nullish(),
});

export type ClusterEntry = z.output<typeof clusterEntry>;
export type UserEntry = z.output<typeof userEntry>;
export type ExecEntry = z.output<typeof execEntry>;
