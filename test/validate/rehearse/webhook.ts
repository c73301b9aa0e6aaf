import { readFileSync } from 'node:fs';
import { parseHeaders } from '../../../cli/captured-request.js';
import { proveRequest } from '../../../validate/rehearse/prove-request.js';
import type { RehearsalRequest } from '../../../validate/rehearse/rehearsal.js';
import { setAt } from '../good-manifests.js';
import type { Changes } from '../good-manifests.js';

/** Content of every Secret in these tests. */
export const key = 'rehearsed-token';

/** A captured event of test/fixtures/webhooks with changes to its body and headers, signed. */
export function webhook(
  name: string,
  changes: Changes = {},
  headers: Readonly<Record<string, string>> = {},
): RehearsalRequest {
  const captured = parseHeaders(readFileSync(`test/fixtures/webhooks/${name}.headers`, 'utf8'));
  if ('line' in captured) throw new Error(`${name}.headers: line ${captured.line}`);
  const body = readBody(name);
  for (const [path, value] of Object.entries(changes)) setAt(body, path.split('.'), value);
  const request = { headers: { ...captured.headers, ...headers }, body: JSON.stringify(body) };
  return proveRequest(request, key).request;
}

export function readBody(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`test/fixtures/webhooks/${name}.json`, 'utf8')) as Record<string, unknown>;
}
