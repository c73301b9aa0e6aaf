import { OutsideError } from '../../gitops/outside-error.js';
import { sendRequest } from '../http-request.js';
import { StepFailure } from '../step-failure.js';
import type { ReceiverAccess } from './send.js';

/** Posts JSON. The address may be a secret, so only its host is ever told. */
export async function postMessage(url: string, access: ReceiverAccess, body: object): Promise<void> {
  const { host } = new URL(url);
  const { status } = await sendRequest({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...describeLogin(access) },
    body: JSON.stringify(body),
    authority: access.authority,
  });
  if (status === 429 || status >= 500) throw new OutsideError(`${host} answers ${status}`);
  if (status < 200 || status > 299) throw new StepFailure(`${host} answers ${status}.`);
}

function describeLogin({ token, username, password }: ReceiverAccess): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token.trim()}` };
  if (username === undefined || password === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
