import { readFileSync } from 'node:fs';

/** A part of JSON schema, as test/fixtures/forges/trim.mjs leaves it. */
interface Shape {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly maxLength?: number;
}

interface Route {
  readonly query: readonly string[];
  readonly body?: Shape;
  readonly answers: Readonly<Record<string, Shape>>;
}

export type ForgeKind = 'github' | 'gitea' | 'gitlab';

/** What a forge publishes about its API; requests and answers of the fake ones are held against it. */
export class ForgeContract {
  readonly violations: string[] = [];
  private readonly routes: Readonly<Record<string, Route>>;

  constructor(kind: ForgeKind) {
    const text = readFileSync(new URL(`../../fixtures/forges/${kind}.json`, import.meta.url), 'utf8');
    this.routes = (JSON.parse(text) as { readonly routes: Readonly<Record<string, Route>> }).routes;
  }

  checkRequest(method: string, path: string, query: URLSearchParams, body: unknown): void {
    const [name, route] = this.find(method, path);
    if (route === undefined) {
      this.violations.push(`${name} is not published`);
      return;
    }
    for (const key of query.keys())
      if (!route.query.includes(key)) this.violations.push(`${name}: no parameter ${key}`);
    if (method !== 'GET' && body !== undefined) this.compare(`${name} body`, route.body ?? {}, body, true);
  }

  checkAnswer(method: string, path: string, status: number, body: unknown): void {
    const [name, route] = this.find(method, path);
    // Refusals need no schema; what is said in them differs anyway.
    if (route === undefined || status >= 400) return;
    const shape = route.answers[String(status)];
    if (shape === undefined) this.violations.push(`${name} never answers ${status}`);
    else this.compare(`${name} ${status}`, shape, body, false);
  }

  private find(method: string, path: string): readonly [string, Route | undefined] {
    for (const [name, route] of Object.entries(this.routes)) {
      const [verb = '', template = ''] = name.split(' ');
      const parts = template
        .split(/\{[^}]*\}/)
        .map((part) => part.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`));
      // A name of a reference has slashes of its own.
      const hole = template.includes('/git/') ? '[^?]+' : '[^/]+';
      if (verb === method && new RegExp(`^${parts.join(hole)}$`).test(path)) return [name, route];
    }
    return [`${method} ${path}`, undefined];
  }

  /** @param closed are properties that the description does not know a mistake? They are in requests. */
  private compare(where: string, shape: Shape, value: unknown, closed: boolean): void {
    if (shape.anyOf !== undefined) {
      if (!shape.anyOf.some((each) => fits(each, value)))
        this.violations.push(`${where}: fits no alternative`);
      return;
    }
    if (!fits(shape, value)) {
      this.violations.push(`${where}: ${JSON.stringify(value).slice(0, 80)} is no ${String(shape.type)}`);
      return;
    }
    if (typeof value === 'string' && value.length > (shape.maxLength ?? Infinity))
      this.violations.push(`${where}: longer than ${String(shape.maxLength)}`);
    if (Array.isArray(value)) {
      for (const each of value) this.compare(`${where}[]`, shape.items ?? {}, each, closed);
      return;
    }
    if (typeof value !== 'object' || value === null || shape.properties === undefined) return;
    for (const [key, child] of Object.entries(value)) {
      const known = shape.properties[key];
      if (known === undefined) this.violations.push(`${where}: no property ${key}`);
      else this.compare(`${where}.${key}`, known, child, closed);
    }
    if (!closed) return;
    for (const key of shape.required ?? [])
      if (!(key in value)) this.violations.push(`${where}: ${key} is missing`);
  }
}

function fits({ type }: Shape, value: unknown): boolean {
  if (type === undefined) return true;
  const is: Readonly<Record<string, boolean>> = {
    null: value === null,
    array: Array.isArray(value),
    object: typeof value === 'object' && value !== null && !Array.isArray(value),
    string: typeof value === 'string',
    boolean: typeof value === 'boolean',
    number: typeof value === 'number',
    integer: Number.isInteger(value),
  };
  return (typeof type === 'string' ? [type] : type).some((each) => is[each] ?? true);
}
