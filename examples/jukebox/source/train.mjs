// Trains "will this song be a hit?", measures the model on songs it has not seen, and pushes it to a registry.
// Leaves metrics.json and model.json where driftloop's steps look for them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluate, train } from './model.mjs';
import { packModel, pushModel, writeLayout } from './registry.mjs';

const output = process.env.DRIFTLOOP_OUTPUT ?? 'output';
const commit = process.env.DRIFTLOOP_COMMIT;
const registry = process.env.REGISTRY;
const name = `${process.env.DRIFTLOOP_MODEL ?? 'jukebox'}/model`;

const songs = parseSongs(await readFile(new URL('songs.csv', import.meta.url), 'utf8'));
const held = songs.filter((_, index) => index % 4 === 0);
const model = train(songs.filter((_, index) => index % 4 !== 0));
const metrics = evaluate(model, held);

const artifact = packModel(
  model,
  commit === undefined ? {} : { 'org.opencontainers.image.revision': commit },
);
await mkdir(output, { recursive: true });
if (registry === undefined) await writeLayout(join(output, 'oci'), artifact);
else await pushModel(registry, name, artifact);

const host = registry === undefined ? 'localhost' : new URL(registry).host;
const image = `oci://${host}/${name}@${artifact.manifest.descriptor.digest}`;
await writeFile(join(output, 'metrics.json'), JSON.stringify(metrics));
await writeFile(join(output, 'model.json'), JSON.stringify({ image }));
console.log(
  `trained on ${songs.length - held.length} songs, accuracy ${metrics.accuracy.toFixed(3)}: ${image}`,
);

function parseSongs(text) {
  const [header, ...rows] = text.trim().split('\n');
  const columns = header.split(',');
  return rows.map((row) =>
    Object.fromEntries(row.split(',').map((cell, index) => [columns[index], Number(cell)])),
  );
}
