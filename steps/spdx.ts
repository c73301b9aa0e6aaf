import { createHash } from 'node:crypto';
import type { HashedFile } from './model-layer.js';
import { modelFolder } from './model-layer.js';

/** What a list of an image's files is about. */
export interface ListedImage {
  readonly model: string;
  /** Repository without scheme. */
  readonly name: string;
  readonly digest: string;
  /** When the run began, so that every attempt makes the same list. */
  readonly created: Date;
  readonly files: readonly HashedFile[];
  /** What training was to use, as far as its source pins it. */
  readonly dependencies: readonly Dependency[];
}

/** A package of Python's index. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
}

const unknown = 'NOASSERTION';
const ids = { document: 'SPDXRef-DOCUMENT', image: 'SPDXRef-Image' } as const;

/** SPDX 2.3 as JSON: the image, each file in it by digest and size, and what it was trained with. */
export function describeSpdx(image: ListedImage): string {
  const { model, name, digest, files, dependencies } = image;
  const hex = digest.replace('sha256:', '');
  return JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: ids.document,
    name: `${model} ${digest}`,
    documentNamespace: `https://driftloop.dev/spdx/${name}/${hex}`,
    creationInfo: {
      created: image.created.toISOString().replace(/\.\d+Z$/, 'Z'),
      creators: ['Tool: driftloop'],
    },
    documentDescribes: [ids.image],
    packages: [describeImage(image, hex), ...dependencies.map(describeDependency)],
    files: files.map(describeFile),
    relationships: [
      relate(ids.document, 'DESCRIBES', ids.image),
      ...files.map((_, index) => relate(ids.image, 'CONTAINS', fileId(index))),
      ...dependencies.map((_, index) => relate(dependencyId(index), 'BUILD_DEPENDENCY_OF', ids.image)),
    ],
  });
}

function describeImage({ model, name, files }: ListedImage, hex: string) {
  const short = name.slice(name.lastIndexOf('/') + 1);
  const locator = `pkg:oci/${short}@sha256%3A${hex}?repository_url=${encodeURIComponent(name)}`;
  return {
    SPDXID: ids.image,
    name: model,
    versionInfo: `sha256:${hex}`,
    primaryPackagePurpose: 'CONTAINER',
    downloadLocation: unknown,
    filesAnalyzed: true,
    // The specification's digest of the digests.
    packageVerificationCode: {
      packageVerificationCodeValue: createHash('sha1')
        .update(
          files
            .map(({ sha1 }) => sha1)
            .toSorted()
            .join(''),
        )
        .digest('hex'),
    },
    checksums: [{ algorithm: 'SHA256', checksumValue: hex }],
    externalRefs: [
      { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator },
    ],
    ...licenses,
    licenseInfoFromFiles: [unknown],
  };
}

const licenses = { licenseConcluded: unknown, licenseDeclared: unknown, copyrightText: unknown } as const;

function describeDependency({ name, version }: Dependency, index: number) {
  return {
    SPDXID: dependencyId(index),
    name,
    versionInfo: version,
    primaryPackagePurpose: 'LIBRARY',
    downloadLocation: unknown,
    filesAnalyzed: false,
    externalRefs: [
      {
        referenceCategory: 'PACKAGE-MANAGER',
        referenceType: 'purl',
        referenceLocator: `pkg:pypi/${name}@${encodeURIComponent(version)}`,
      },
    ],
    ...licenses,
  };
}

function describeFile({ path, size, sha1, sha256 }: HashedFile, index: number) {
  return {
    SPDXID: fileId(index),
    fileName: `./${modelFolder}/${path}`,
    checksums: [
      { algorithm: 'SHA1', checksumValue: sha1 },
      { algorithm: 'SHA256', checksumValue: sha256 },
    ],
    licenseConcluded: unknown,
    licenseInfoInFiles: [unknown],
    copyrightText: unknown,
    comment: `${size} bytes`,
  };
}

function relate(spdxElementId: string, relationshipType: string, relatedSpdxElement: string) {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function fileId(index: number): string {
  return `SPDXRef-File-${index + 1}`;
}

function dependencyId(index: number): string {
  return `SPDXRef-Package-${index + 1}`;
}
