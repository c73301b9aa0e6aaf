import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile, RenderedUnit, Unit } from '../manifest.js';
import { digestOf } from './digest.js';

/** Where the texts of a part are, and what they are. */
export interface StoredPart {
  /** Digest of the texts, and the name of their file. */
  readonly digest: string;
  readonly pieces: readonly StoredPiece[];
}

interface StoredPiece {
  readonly unit: Unit;
  /** Without what only judging needs. */
  readonly manifests: RenderedUnit['manifests'];
  /** In the order of the file. */
  readonly files: readonly (readonly [path: string, bytes: number])[];
}

/** A piece of a unit that is as it was. */
export class RecalledUnit implements RenderedUnit {
  constructor(
    readonly unit: Unit,
    readonly manifests: RenderedUnit['manifests'],
    readonly paths: readonly string[],
    private readonly texts: readonly string[] | undefined,
  ) {}

  get files(): readonly RenderedFile[] {
    const { texts } = this;
    if (texts === undefined) throw new Error(`the texts of ${this.unit.name} were not asked for`);
    return this.paths.map((path, index) => ({ path, text: texts[index] ?? '' }));
  }
}

/** The texts of parts, a file for each, so that a part that changes leaves the others alone. */
export class PartStore {
  private readonly folder: string;

  constructor(cache: string) {
    this.folder = join(cache, 'parts');
  }

  /** @param units with their texts made */
  save(units: readonly RenderedUnit[]): StoredPart {
    const texts = units.flatMap(({ files }) => files.map(({ text }) => Buffer.from(text)));
    const bytes = Buffer.concat(texts);
    const digest = digestOf(bytes);
    mkdirSync(this.folder, { recursive: true });
    // Written even where there is one of that name, because that one may be damaged.
    const temporary = join(this.folder, `${randomBytes(8).toString('hex')}.tmp`);
    writeFileSync(temporary, bytes, { flag: 'wx' });
    renameSync(temporary, join(this.folder, digest));
    const lengths = texts.map(({ length }) => length).values();
    const pieces = units.map(({ unit, manifests, files }) => ({
      unit,
      manifests,
      files: files.map(({ path }) => [path, Number(lengths.next().value)] as const),
    }));
    return { digest, pieces };
  }

  /** The units without their texts. */
  recall({ pieces }: StoredPart): readonly RecalledUnit[] {
    return pieces.map((piece) => recallUnit(piece, undefined));
  }

  /** The units with their texts; undefined: they are not what was written. */
  read({ digest, pieces }: StoredPart): readonly RecalledUnit[] | undefined {
    const bytes = readFileSync(join(this.folder, digest));
    if (digestOf(bytes) !== digest) return undefined;
    let start = 0;
    const take = (length: number) => bytes.toString('utf8', start, (start += length));
    return pieces.map((piece) =>
      recallUnit(
        piece,
        piece.files.map(([, length]) => take(length)),
      ),
    );
  }
}

function recallUnit(
  { unit, manifests, files }: StoredPiece,
  texts: readonly string[] | undefined,
): RecalledUnit {
  const paths = files.map(([path]) => path);
  return new RecalledUnit(unit, manifests, paths, texts);
}
