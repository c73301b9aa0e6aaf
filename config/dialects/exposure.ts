import { builtInExposure } from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import { ownAnnotations } from '../model-exposure.js';
import type { ExposureKind } from '../model-exposure.js';
import type { ProblemCollector } from '../problem-collector.js';
import { kindOfExposure, listExposureKinds } from '../resolve/resolve-exposure.js';
import type { ExposureInput } from '../schema/exposure-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';

type Key = keyof ExposureInput;

const names: Readonly<Record<ExposureKind, string>> = {
  ingress: 'An Ingress',
  route: 'A Route',
  httproute: 'An HTTPRoute',
};

/** Keys that only some kinds have, and what to do instead of writing them for another. */
const owners: Partial<Readonly<Record<Key, { readonly kind: ExposureKind; readonly otherwise: string }>>> = {
  class: { kind: 'ingress', otherwise: 'Remove it.' },
  tlsSecret: {
    kind: 'ingress',
    otherwise:
      'Remove it: a Route has the certificate of the router, an HTTPRoute that of its Gateway. For another one write `kind: ingress`.',
  },
  bodyLimit: { kind: 'ingress', otherwise: 'Remove it, and limit bodies in the controller itself.' },
  gateway: { kind: 'httproute', otherwise: 'Write `kind: httproute`, or remove it.' },
};

const needed: Readonly<Record<ExposureKind, readonly Key[]>> = {
  ingress: ['namespace', 'tlsSecret'],
  route: [],
  httproute: ['namespace', 'gateway'],
};

/**
 * `listener.expose` has what its kind needs, and nothing that it would ignore.
 * @returns whether it can be resolved
 */
export function checkExposure(input: PlatformInput, file: YamlFile, problems: ProblemCollector): boolean {
  const expose = input.listener?.expose;
  if (expose === undefined) return true;
  const kind = kindOfExposure(input);
  const base = ['listener', 'expose'];
  const known = listExposureKinds(input);
  if (!known.includes(kind)) {
    const message = `${names[kind]} is nothing that a cluster of profile \`${input.profile}\` knows.`;
    const hint = `Write one of ${known.map((each) => `\`${each}\``).join(', ')}.`;
    problems.error('CONFIG_UNSUPPORTED', { file, path: [...base, 'kind'] }, { message, hint });
  }
  for (const { key, message, hint } of listIgnored(expose, kind))
    problems.error('CONFIG_EXPOSURE_KEY', { file, path: [...base, key], key: true }, { message, hint });
  for (const { name, hint } of listOwned(expose, kind)) {
    const message = `The annotation \`${name}\` is set by driftloop itself.`;
    const where = { file, path: [...base, 'annotations', name], key: true };
    problems.error('CONFIG_EXPOSURE_ANNOTATION', where, { message, hint });
  }
  const missing = needed[kind].filter((key) => expose[key] === undefined);
  for (const key of missing) {
    const message = `${names[kind]} needs \`${key}\`.`;
    const hint = key === 'gateway' ? 'Add `gateway: { name: …, namespace: … }`.' : `Add \`${key}\`.`;
    problems.error('CONFIG_KEY_MISSING', { file, path: base, key: true }, { message, hint });
  }
  return missing.length === 0;
}

/** What to do instead of writing an annotation that driftloop sets. */
const instead: Readonly<Record<keyof typeof ownAnnotations, string>> = {
  syncWave: 'Remove it: the order of what Argo CD applies is fixed.',
  bodyLimit: 'Write `bodyLimit` in `listener.expose` instead, such as `bodyLimit: 1Mi`.',
  sslRedirect: 'Remove it: what strangers send comes in by TLS alone, with the certificate of `tlsSecret`.',
};

/** Those of ingress-nginx are set for its class alone. */
function listOwned(expose: ExposureInput, kind: ExposureKind) {
  const { class: controller = builtInExposure.ingress.class, annotations = {} } = expose;
  const isNginx = kind === 'ingress' && controller === builtInExposure.ingress.class;
  const owned = isNginx ? (['bodyLimit', 'sslRedirect', 'syncWave'] as const) : (['syncWave'] as const);
  return owned
    .map((key) => ({ name: ownAnnotations[key], hint: instead[key] }))
    .filter(({ name }) => Object.hasOwn(annotations, name));
}

function listIgnored(expose: ExposureInput, kind: ExposureKind) {
  const foreign = Object.entries(owners).flatMap(([name, owner]) => {
    const key = name as Key; // The keys of `owners`.
    if (expose[key] === undefined || owner.kind === kind) return [];
    return [{ key, message: `${names[kind]} has no \`${key}\`.`, hint: owner.otherwise }];
  });
  const { class: controller = builtInExposure.ingress.class, bodyLimit } = expose;
  if (kind !== 'ingress' || bodyLimit === undefined || controller === builtInExposure.ingress.class)
    return foreign;
  const message = `How controllers of the class \`${controller}\` limit bodies is not known here, so \`bodyLimit\` would be ignored.`;
  const hint = "Write the controller's own annotation into `annotations`.";
  return [...foreign, { key: 'bodyLimit' as const, message, hint }];
}
