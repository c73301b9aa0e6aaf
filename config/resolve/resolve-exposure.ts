import { builtInExposure } from '../catalogue/defaults.js';
import { builtInVersions } from '../catalogue/versions.js';
import type { Exposure, ExposureKind } from '../model-exposure.js';
import { exposureSchema } from '../schema/exposure-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { versionsSchema } from '../schema/profile-schema.js';
import { canonicalQuantity } from '../values/quantity.js';
import { resolveCapabilities } from './resolve-capabilities.js';

/** Kinds that the profile has; the first is the default. */
export function listExposureKinds({ profile, versions }: PlatformInput): readonly ExposureKind[] {
  const stated = versionsSchema.parse({ ...builtInVersions[profile], ...versions });
  return resolveCapabilities(profile, stated).exposure;
}

/** The kind that is written, or that of the profile. */
export function kindOfExposure(input: PlatformInput): ExposureKind {
  const kind = input.listener?.expose?.kind ?? listExposureKinds(input)[0];
  if (kind === undefined) throw new Error(`nothing exposes a listener on ${input.profile}`);
  return kind;
}

/** The layer of the built-in defaults. */
export function defaultExposure(input: PlatformInput): object {
  const expose = input.listener?.expose;
  if (expose === undefined) return {};
  const kind = kindOfExposure(input);
  const { bodyLimit, ...ingress } = builtInExposure.ingress;
  // Only ingress-nginx is told a limit.
  const limit = expose.class === undefined || expose.class === ingress.class ? { bodyLimit } : {};
  const defaults = kind === 'ingress' ? { ...ingress, ...limit } : builtInExposure[kind];
  return { listener: { expose: { kind, ...defaults } } };
}

/** `listener.expose` of `driftloop.yaml`, its defaults filled in before. */
export function resolveExposure(listener: PlatformInput['listener']): Exposure | undefined {
  if (listener?.expose === undefined) return undefined;
  const exposure = exposureSchema.parse(listener.expose);
  if (exposure.kind !== 'ingress') return exposure;
  const { bodyLimit } = exposure;
  return { ...exposure, bodyLimit: bodyLimit && canonicalQuantity(bodyLimit) };
}
