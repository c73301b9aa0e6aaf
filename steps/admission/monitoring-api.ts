import { z } from 'zod';
import { OutsideError } from '../../gitops/outside-error.js';
import { sendRequest } from '../http-request.js';
import type { MonitoringAccess } from '../step.js';

/** How Prometheus or Alertmanager is reached. */
interface MonitoringServer extends MonitoringAccess {
  readonly url: string;
}

const alerts = z.array(z.object({ fingerprint: z.string() }));

/** Fingerprints of the alerts with these labels that fire, and are neither silenced nor inhibited. */
export async function listFiring(
  server: MonitoringServer,
  labels: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const query = new URLSearchParams({
    active: 'true',
    silenced: 'false',
    inhibited: 'false',
    unprocessed: 'false',
  });
  for (const [label, value] of Object.entries(labels))
    query.append('filter', `${label}=${JSON.stringify(value)}`);
  const found = alerts.safeParse(await ask(server, 'api/v2/alerts', query));
  if (found.success) return found.data.map(({ fingerprint }) => fingerprint);
  throw new OutsideError(`${new URL(server.url).host} does not answer as Alertmanager does`);
}

const sample = z.tuple([z.number(), z.string()]);
const answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: sample })) }),
    z.object({ resultType: z.literal('scalar'), result: sample }),
  ]),
});

/** The value of an expression now; 0 when it has none. Several values, and NaN, are no answer. */
export async function queryValue(server: MonitoringServer, expression: string): Promise<number> {
  const parsed = answer.safeParse(
    await ask(server, 'api/v1/query', new URLSearchParams({ query: expression })),
  );
  const { host } = new URL(server.url);
  if (!parsed.success) throw new OutsideError(`${host} does not answer the query as Prometheus does`);
  const { data } = parsed.data;
  const values = data.resultType === 'scalar' ? [data.result] : data.result.map(({ value }) => value);
  const [[, text] = [0, '0'], ...more] = values;
  if (more.length > 0) throw new OutsideError(`the query has ${values.length} values at ${host}, not one`);
  const value = Number(text);
  if (Number.isNaN(value)) throw new OutsideError(`the query has the value ${text} at ${host}`);
  return value;
}

async function ask(server: MonitoringServer, path: string, query: URLSearchParams): Promise<unknown> {
  const { url, token, authority } = server;
  const { status, text } = await sendRequest({
    url: `${url.replace(/\/$/, '')}/${path}?${query.toString()}`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    authority,
  });
  if (status !== 200) throw new OutsideError(`${new URL(url).host} answers ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
