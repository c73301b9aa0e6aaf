import type { Serving } from '../../config/model.js';
import { servingAccountName } from '../conventions.js';
import { describePlacement } from '../pod-placement.js';
import type { TolerationFields } from '../pod-placement.js';

/** Where the Pods of a model run and as whom, as Pods and InferenceServices spell it; what is not asked for is left out. */
export interface PodFields {
  readonly automountServiceAccountToken: boolean;
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: { name: string }[];
  readonly nodeSelector?: Record<string, string>;
  readonly tolerations?: TolerationFields[];
}

export function describePodFields(
  model: string,
  { serviceAccount, imagePullSecrets, ...placement }: Serving,
): PodFields {
  return {
    automountServiceAccountToken: serviceAccount?.token ?? false,
    ...(serviceAccount === undefined ? {} : { serviceAccountName: servingAccountName(model) }),
    ...(imagePullSecrets.length === 0
      ? {}
      : { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    ...describePlacement(placement),
  };
}

/** An empty value is left out, as the API server does. */
export function describeVariables(
  variables: Readonly<Record<string, string>>,
): { name: string; value?: string }[] {
  return Object.entries(variables).map(([name, value]) => (value === '' ? { name } : { name, value }));
}

/** Command, arguments and variables of a container; what is empty is left out. */
export function describeProgram(program: {
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}): { command?: string[]; args?: string[]; env?: { name: string; value?: string }[] } {
  const { command = [], args, env } = program;
  const variables = describeVariables(env);
  return {
    ...(command.length === 0 ? {} : { command: [...command] }),
    ...(args.length === 0 ? {} : { args: [...args] }),
    ...(variables.length === 0 ? {} : { env: variables }),
  };
}
