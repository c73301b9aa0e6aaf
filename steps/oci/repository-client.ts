import { StepFailure } from '../step-failure.js';
import { checkDigest, digestOf } from './digest.js';
import { mediaTypes } from './documents.js';
import type { Descriptor } from './documents.js';
import { readBytes, readStream } from './http.js';
import { formatRepository, resolveUrl } from './reference.js';
import type { Repository } from './reference.js';
import { RegistrySession } from './session.js';
import type { RegistryAccess, SessionRights } from './session.js';

/** A manifest, or an index of several. */
export interface Document {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly digest: string;
}

const documentTypes = [
  mediaTypes.manifest,
  mediaTypes.index,
  mediaTypes.dockerManifest,
  mediaTypes.dockerIndex,
].join(', ');

/** One repository of a registry that speaks the OCI distribution API. */
export class RepositoryClient {
  private readonly session: RegistrySession;

  /** @param rights default: only to read */
  constructor(
    readonly repository: Repository,
    access: RegistryAccess,
    rights: SessionRights = { actions: 'pull', reads: [] },
  ) {
    this.session = new RegistrySession(repository, access, rights);
  }

  hasBlob(digest: string): Promise<boolean> {
    return this.exists(`blobs/${digest}`, {});
  }

  hasManifest(digest: string): Promise<boolean> {
    return this.exists(`manifests/${digest}`, { accept: documentTypes });
  }

  /** Takes a blob over from another repository of the registry; false: it must be sent. */
  async mountBlob(digest: string, from: string): Promise<boolean> {
    const url = this.session.locate('blobs/uploads/');
    url.searchParams.set('mount', digest);
    url.searchParams.set('from', from);
    const answer = await this.session.send({ method: 'POST', url });
    // 202 is an upload that was begun instead; registries clear away what nobody finishes.
    await this.session.accept(answer, 'push blobs', [201, 202]);
    return answer.status === 201;
  }

  /** Sends a blob in one go; the registry holds it against its digest. */
  async pushBlob(blob: Descriptor, content: () => Buffer | AsyncIterable<Uint8Array>): Promise<void> {
    const begun = await this.session.send({ method: 'POST', url: this.session.locate('blobs/uploads/') });
    await this.session.accept(begun, 'push blobs', [202]);
    const url = resolveUrl(begun.header('location') ?? '', this.repository);
    if (url === undefined) {
      throw new StepFailure(`${this.name} names no place for blobs that is reached by https.`);
    }
    url.searchParams.set('digest', blob.digest);
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(blob.size) };
    const answer = await this.session.send({ method: 'PUT', url, headers, body: content });
    await this.session.accept(answer, `push the blob ${blob.digest}`, [201, 204]);
  }

  /** A blob as it passes by, held against its digest. */
  async *pullBlob(blob: Pick<Descriptor, 'digest' | 'size'>): AsyncGenerator<Uint8Array> {
    const url = this.session.locate(`blobs/${blob.digest}`);
    const answer = await this.session.follow({ method: 'GET', url });
    if (answer.status !== 200) await this.session.accept(answer, `pull the blob ${blob.digest}`, [200]);
    yield* checkDigest(readStream(answer.body), blob, () => this.doubt(`blob ${blob.digest}`));
  }

  /** A manifest by its digest, against which it is held, or by a tag; undefined: there is none. */
  async pullManifest(reference: string): Promise<Document | undefined> {
    const url = this.session.locate(`manifests/${reference}`);
    const answer = await this.session.follow({ method: 'GET', url, headers: { accept: documentTypes } });
    if (answer.status === 404) {
      await answer.drop();
      return undefined;
    }
    if (answer.status !== 200) await this.session.accept(answer, `pull the manifest ${reference}`, [200]);
    const bytes = await readBytes(answer.body);
    const digest = digestOf(bytes);
    if (reference.startsWith('sha256:') && digest !== reference) throw this.doubt(`manifest ${reference}`);
    return { mediaType: (answer.header('content-type') ?? '').replace(/;.*$/s, '').trim(), bytes, digest };
  }

  /**
   * @param reference digest or tag
   * @returns whether the registry keeps what refers to another manifest by `subject` (OCI 1.1)
   */
  async pushManifest(reference: string, mediaType: string, bytes: Buffer): Promise<boolean> {
    const url = this.session.locate(`manifests/${reference}`);
    const headers = { 'content-type': mediaType };
    const answer = await this.session.send({ method: 'PUT', url, headers, body: () => bytes });
    await this.session.accept(answer, `push the manifest ${reference}`, [201]);
    return answer.header('oci-subject') !== undefined;
  }

  private get name(): string {
    return formatRepository(this.repository);
  }

  private async exists(path: string, headers: Readonly<Record<string, string>>): Promise<boolean> {
    const answer = await this.session.follow({ method: 'HEAD', url: this.session.locate(path), headers });
    if (answer.status === 404) {
      await answer.drop();
      return false;
    }
    await this.session.accept(answer, `look for ${path}`, [200]);
    return true;
  }

  private doubt(what: string): StepFailure {
    return new StepFailure(`The ${what} of ${this.name} is not what its digest promises.`);
  }
}
