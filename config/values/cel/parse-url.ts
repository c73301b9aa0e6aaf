import type { CelValue } from './values.js';

/** Go's url.Parse as the map that Triggers makes of it; throws for what is no URL. */
export function parseUrl(text: string): CelValue {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(
    text,
  );
  if (match === null) throw new Error(`failed to decode '${text}' in parseURL`);
  const [, scheme = '', authority = '', path = '', rawQuery = '', fragment = ''] = match;
  if (text.startsWith(':'))
    throw new Error(`failed to decode '${text}' in parseURL: missing protocol scheme`);
  if (/[\s<>"]/.test(authority)) throw new Error(`failed to decode '${text}' in parseURL: invalid host name`);
  // Go calls what follows in `mailto:somebody` opaque and does not count it as a path.
  const isOpaque = scheme !== '' && path !== '' && !path.startsWith('/') && authority === '';
  const at = authority.lastIndexOf('@');
  const queryStrings = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(rawQuery)) {
    queryStrings.set(key, [...(queryStrings.get(key) ?? []), value]);
  }
  const url = new Map<string, unknown>([
    ['scheme', scheme.toLowerCase()],
    ['host', authority.slice(at + 1)],
    ['path', isOpaque ? '' : decodeURIComponent(path)],
    ['rawQuery', rawQuery],
    ['fragment', decodeURIComponent(fragment)],
    ['queryStrings', queryStrings],
    ['query', new Map([...queryStrings].map(([key, values]) => [key, values.join(',')]))],
  ]);
  if (at >= 0) url.set('auth', credentials(authority.slice(0, at)));
  return url;
}

function credentials(userInfo: string): CelValue {
  const colon = userInfo.indexOf(':');
  const parts = colon < 0 ? [userInfo, ''] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  const [username = '', password = ''] = parts.map(decodeURIComponent);
  return new Map([
    ['username', username],
    ['password', password],
  ]);
}
