/** HTTP headers as Go keeps them: canonical name → values. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** `content-type` → `Content-Type`; a name with characters that no header may have stays as it is. */
export function canonicalHeaderName(name: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name;
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** Headers by any spelling → headers as Go's server hands them on. */
export function canonicalHeaders(headers: Readonly<Record<string, string>>): Headers {
  const canonical = new Map<string, string[]>();
  for (const [name, value] of Object.entries(headers)) {
    const key = canonicalHeaderName(name);
    canonical.set(key, [...(canonical.get(key) ?? []), value.trim()]);
  }
  return canonical;
}
