import { StepFailure } from '../step-failure.js';
import { digestPattern } from './digest.js';

/** A repository of a registry. */
export interface Repository {
  /** false only where its address says `http://`. */
  readonly secure: boolean;
  /** `registry.example.com:5000`, as people write it. */
  readonly host: string;
  /** `team/model` */
  readonly name: string;
}

/** An image by digest. */
export interface ImageReference {
  readonly repository: Repository;
  readonly digest: string;
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const address = new RegExp(
  String.raw`^(http://)?([A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?(?::\d{1,5})?)/(${component}(?:/${component})*)$`,
);

/** `registry.example.com/team/model`, with `http://` before it for a registry without a certificate. */
export function parseRepository(text: string): Repository {
  const [, scheme, host, name] = (text.length <= 500 ? address.exec(text) : null) ?? [];
  if (host === undefined || name === undefined || !isHost(host)) {
    throw new StepFailure(
      `${JSON.stringify(text.slice(0, 200))} is not a repository such as registry.example.com/team/model.`,
    );
  }
  return { secure: scheme === undefined, host, name };
}

/** `registry.example.com/team/image@sha256:…` */
export function parseImage(text: string): ImageReference {
  const [repository = '', digest = '', ...rest] = text.split('@');
  const name = repository.replace(/:[\w][\w.-]{0,127}$/, '');
  if (rest.length === 0 && digestPattern.test(digest)) return { repository: parseRepository(name), digest };
  throw new StepFailure(
    `${JSON.stringify(text.slice(0, 200))} is not an image by digest such as registry.example.com/team/image@sha256:….`,
  );
}

/** As other programs write it, without a scheme. */
export function formatRepository({ host, name }: Repository): string {
  return `${host}/${name}`;
}

/** Where the registry's API is: that of Docker Hub has a name of its own. */
export function originOf({ secure, host }: Repository): string {
  return `${secure ? 'https' : 'http'}://${host === 'docker.io' ? 'registry-1.docker.io' : host}`;
}

/**
 * An address that the registry names, absolute or relative to its own; undefined when it is none, or when what is sent
 * there could be read on the way although the registry itself is reached by https.
 */
export function resolveUrl(
  text: string,
  repository: Repository,
  base = originOf(repository),
): URL | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'https:' || (url.protocol === 'http:' && !repository.secure) ? url : undefined;
}

/** A first part without dot and port is a folder of Docker Hub, which nobody means who writes no host. */
function isHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost';
}
