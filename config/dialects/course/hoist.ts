import { isMap } from '../../resolve/layers.js';

/** Sections that are told for each environment, and shorter for the model as a whole where all say the same. */
const sections = ['drift', 'serving'];

type Data = Readonly<Record<string, unknown>>;

/** A model that says what is the same in all of these environments only once; it means the same as before. */
export function hoistSections(model: Data, environments: readonly string[]): Data {
  return sections.reduce((data, section) => hoistSection(data, section, environments), model);
}

function hoistSection(model: Data, section: string, names: readonly string[]): Data {
  const { environments } = model;
  if (!isMap(environments) || model[section] !== undefined) return model;
  const own = new Map<string, unknown>(Object.entries(environments));
  const found = names.map((name) => sectionOf(own.get(name), section));
  const [first, ...others] = found.filter(isMap);
  if (first === undefined || others.length + 1 < names.length) return model;
  const common = others.reduce(intersect, first);
  if (Object.keys(common).length === 0) return model;
  const rest = [...own].flatMap(([name, value]) => {
    const left = isMap(value) ? withoutSection(value, section, common) : value;
    return isMap(left) && Object.keys(left).length === 0 ? [] : [[name, left] as const];
  });
  const everything = Object.entries(model).filter(([key]) => key !== 'environments');
  const kept = rest.length === 0 ? {} : { environments: Object.fromEntries(rest) };
  return { ...Object.fromEntries(everything), [section]: common, ...kept };
}

/** A chart of somebody else that says what is the same in all of its environments only once. */
export function hoistChart(chart: unknown): unknown {
  if (!isMap(chart)) return chart;
  const [environments] = Object.entries(chart).flatMap(([key, value]) =>
    key === 'environments' ? [value as unknown] : [],
  );
  if (!isMap(environments)) return chart;
  const places: readonly (readonly [string, unknown])[] = Object.entries(environments);
  const [first, ...others] = places.map(([, place]) => place).filter(isMap);
  if (first === undefined || others.length === 0) return chart;
  const common = others.reduce(intersect, first);
  const rest = places.map(([name, place]) => [name, isMap(place) ? subtract(place, common) : place] as const);
  const own = Object.entries(chart).filter(([key]) => key !== 'environments');
  return { ...Object.fromEntries(own), ...common, environments: Object.fromEntries(rest) };
}

function sectionOf(environment: unknown, section: string): unknown {
  return isMap(environment) ? new Map<string, unknown>(Object.entries(environment)).get(section) : undefined;
}

function withoutSection(environment: object, section: string, common: object): object {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(environment);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      if (key !== section || !isMap(value)) return [[key, value] as const];
      const left = subtract(value, common);
      return Object.keys(left).length === 0 ? [] : [[key, left] as const];
    }),
  );
}

/** What is equal in both; maps are looked into, lists are not. */
function intersect(left: object, right: object): object {
  const others = new Map<string, unknown>(Object.entries(right));
  const entries: readonly (readonly [string, unknown])[] = Object.entries(left);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const other = others.get(key);
      if (isEqual(value, other)) return [[key, value] as const];
      const inside = isMap(value) && isMap(other) ? intersect(value, other) : {};
      return Object.keys(inside).length === 0 ? [] : [[key, inside] as const];
    }),
  );
}

function subtract(from: object, what: object): object {
  const others = new Map<string, unknown>(Object.entries(what));
  const entries: readonly (readonly [string, unknown])[] = Object.entries(from);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const other = others.get(key);
      if (isEqual(value, other)) return [];
      return [[key, isMap(value) && isMap(other) ? subtract(value, other) : value] as const];
    }),
  );
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
