import { z } from 'zod';
import type { ManualRun } from '../charts/retraining/manual-run.js';
import type { ApiServer } from '../gitops/kubernetes/api-server.js';
import { OutsideError } from '../gitops/outside-error.js';

export interface CreatedRun {
  /** `PipelineRun namespace/name`, as the API server completed it. */
  readonly name: string;
  readonly object: object;
}

const stored = z.looseObject({ metadata: z.looseObject({ name: z.string(), namespace: z.string() }) });

/** Has the API server create a run, and complete its name. */
export async function createRun(
  server: Pick<ApiServer, 'create'>,
  run: ManualRun,
  signal: AbortSignal,
): Promise<CreatedRun> {
  const path = `/apis/${run.apiVersion}/namespaces/${run.metadata.namespace}/pipelineruns`;
  const { data } = stored.safeParse(await server.create(path, run, signal));
  if (data === undefined)
    throw new OutsideError('the API server answers with something that is no PipelineRun');
  const { namespace, name } = data.metadata;
  return { name: `${run.kind} ${namespace}/${name}`, object: data };
}
