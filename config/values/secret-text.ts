/** Names under which secrets are kept: of variables, and of keys in other people's files. */
const secretName =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|CREDENTIALS?|APIKEY|(?:API|ACCESS|PRIVATE|SECRET)_KEY)$/i;

/** Every repetition is bounded or begins a word, so that the time stays linear whatever the text. */
const secretTexts = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\b(?:ghp|gho|ghs|github_pat|glpat|xox[abpr])[-_][A-Za-z0-9_-]{10,}/,
  /\bhooks\.slack\.com\/services\//,
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^/\s:@]{1,200}:[^/\s@]{1,200}@/i,
];

/** Is a variable of this name likely to hold a secret? */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Does a text look like a secret by itself: a key, a token, a URL with a password? */
export function looksSecret(text: string): boolean {
  return text.length >= 12 && secretTexts.some((pattern) => pattern.test(text));
}

/** Keys of Helm values; what ends in `Secret` alone is usually the name of one. */
const secretSetting =
  /(?:^|_)(?:password|passwd|passphrase|token|credentials?|api_?key|(?:access|private|secret)_key|(?:client|webhook)_secret)$/i;

/** What `kubeseal` makes of a secret, also cut short: the length of a 4096-bit key, and what only the cluster can read. */
const sealed = /^Ag[A-D][A-Za-z0-9+/]{10,}(?:={0,2}|\.{3})$/;

/** Base64 hides nothing: is it a text that looks like a secret, or has one in it? */
export function encodesSecret(text: string): boolean {
  if (text.length < 16 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return false;
  return looksSecret(Buffer.from(text, 'base64').toString('utf8'));
}

/** Does a setting of somebody else's chart give a secret away: `adminPassword: x`? Names of Secrets and keys do not. */
export function isSecretSetting(name: string, value: unknown): boolean {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return false;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return secretSetting.test(words) && !/^existing_/i.test(words) && !sealed.test(String(value));
}

/** Nothing but base64: most likely the inside of a key. */
const encoded = /^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$/;

/** Would a line of a file, shown in a log, give a secret away? Also asked of files that could not be parsed. */
export function showsSecret(line: string): boolean {
  const names = [...line.matchAll(/(?<!\w)([A-Za-z_]\w*)["']?\s{0,20}[:=]\s{0,20}["']?[^\s"'{[]/g)];
  return looksSecret(line) || encoded.test(line) || names.some(([, name = '']) => isSecretName(name));
}
