import { originOf } from '../config/release.js';
import type { ListedRelease } from '../gitops/release/list-releases.js';
import { shortDigest } from './recorded.js';
import { formatTable } from './table.js';

/** The history of a model's releases, for people or for programs. */
export function formatReleases(releases: readonly ListedRelease[], format: 'text' | 'json'): string {
  if (format === 'json') return `${JSON.stringify(releases.map(describe), null, 2)}\n`;
  if (releases.length === 0) return '';
  return formatTable([headings, ...releases.map(row)]);
}

function describe({ release, delivered, current, quarantined }: ListedRelease): object {
  return { ...release, origin: originOf(release), current, quarantined, delivered };
}

const headings = ['environment', 'version', 'digest', 'released', 'by', 'commit', 'state'];

function row({ release, delivered, current, quarantined }: ListedRelease): readonly string[] {
  const { environment, version, image, releasedAt, by, verified, pinned } = release;
  const states = [
    current ? 'runs' : '',
    verified === undefined ? '' : `verified in ${verified.environment}`,
    pinned === undefined ? '' : `${current ? 'pinned, ' : ''}instead of ${pinned.insteadOf}`,
    quarantined === undefined ? '' : 'quarantined',
  ];
  return [
    environment,
    version,
    shortDigest(image),
    `${releasedAt.slice(0, 19)}Z`,
    by,
    delivered.sha.slice(0, 7),
    states.filter((state) => state !== '').join(', '),
  ];
}
