import { isRecord } from '../../synth/manifest.js';

/** Every map in objects, with the key that it stands at. */
function* listMaps(
  value: unknown,
  key = '',
): Generator<readonly [string, Readonly<Record<string, unknown>>]> {
  if (Array.isArray(value)) for (const each of value) yield* listMaps(each, key);
  else if (isRecord(value)) {
    yield [key, value];
    for (const [name, each] of Object.entries(value)) yield* listMaps(each, name);
  }
}

/** What Tasks start, also those written into a Pipeline. */
export function listSteps(objects: readonly unknown[]): readonly Readonly<Record<string, unknown>>[] {
  return [...listMaps(objects)].filter(([key]) => key === 'steps').map(([, step]) => step);
}

const shells = /^(?:.*\/)?(?:ba|da|z|k)?sh$/;
const installers = /^(?:.*\/)?(?:pip\d?|npm|npx|curl|wget|apt|apt-get|dnf|yum|uvx?)$/;

/** Why a step would run a text, or something that it fetches: by a script, a shell or a program that installs others. */
export function whyUnsafe({ script, command, args }: Readonly<Record<string, unknown>>): string | undefined {
  if (script !== undefined) return 'a script';
  const words = [command, args].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  if (!Array.isArray(command) || command.length === 0) return 'whatever its image starts';
  return words.find((word) => shells.test(word) || installers.test(word));
}

/** Keys and variables that turn off what certificates are for. */
export function listWeakened(objects: readonly unknown[]): readonly string[] {
  const off =
    /insecure|skip_?-?(?:tls|ssl|verify)|(?:tls|ssl)_?-?(?:no_?)?(?:skip|verify)|reject_?unauthorized/i;
  return [...listMaps(objects)].flatMap(([, map]) => [
    ...Object.keys(map).filter((key) => off.test(key)),
    ...(typeof map.name === 'string' && 'value' in map && off.test(map.name) ? [map.name] : []),
  ]);
}

/** Requests for storage of a certain class. */
export function listStorageClasses(objects: readonly unknown[]): readonly unknown[] {
  return [...listMaps(objects)].flatMap(([, map]) =>
    'storageClassName' in map ? [map.storageClassName] : [],
  );
}
