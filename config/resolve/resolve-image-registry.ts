import { builtInAuthority } from '../catalogue/defaults.js';
import type { ImageRegistry } from '../model-packaging.js';
import type { PlatformInput } from '../schema/platform-schema.js';

type Written = PlatformInput['imageRegistry'];

/** What holds unless `imageRegistry` says otherwise, as far as there is one. */
export function defaultImageRegistry(written: Written): { imageRegistry?: object } {
  if (written === undefined) return {};
  const { credentials, ca } = written;
  return {
    imageRegistry: {
      ...(credentials !== undefined && { pullCredentials: credentials }),
      ...(ca !== undefined && { ca: builtInAuthority }),
    },
  };
}

export function resolveImageRegistry(merged: Written): ImageRegistry | undefined {
  if (merged === undefined) return undefined;
  const { credentials, pullCredentials, ca } = merged;
  return {
    credentials,
    pullCredentials,
    ca: ca && {
      kind: ca.kind ?? builtInAuthority.kind,
      name: ca.name,
      key: ca.key ?? builtInAuthority.key,
    },
  };
}
