// Runs the verbs of a bundled program on the example, and keeps what V8 made of the chunks meanwhile: functions that
// were called are compiled, the others will be when somebody calls them.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workbench.mjs';

const example = join(root, 'examples/jukebox');
const inputs = ['driftloop.yaml', 'models', 'payloads'];

/** @param chunks folder of the bundled program */
export async function recordCode(chunks) {
  const { codeFileOf, load, scripts } = await import(join(chunks, 'loader.mjs'));
  const { run } = load('program.cjs');
  const folder = mkdtempSync(join(tmpdir(), 'driftloop-code-'));
  try {
    for (const input of inputs) cpSync(join(example, input), join(folder, input), { recursive: true });
    const terminal = silentTerminal(folder);
    await perform(run, ['synth'], terminal);
    await perform(run, ['synth'], terminal);
    const model = join(folder, 'models/jukebox.yaml');
    writeFileSync(model, readFileSync(model, 'utf8').replace('replicas: 2', 'replicas: 3'));
    await perform(run, ['synth'], terminal);
    await perform(run, ['check'], terminal);
    await perform(run, ['publish', '--to', 'embedded'], terminal);
    await perform(run, ['diff', '--to', 'embedded'], terminal);
    await perform(run, ['explain', 'jukebox'], terminal);
    await perform(run, ['rehearse', 'jukebox', '--env', 'test'], terminal);
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const [chunk, script] of scripts)
    writeFileSync(codeFileOf(join(chunks, chunk)), script.createCachedData());
}

async function perform(run, words, terminal) {
  const status = await run(words, terminal);
  if (status !== 0)
    throw new Error(`driftloop ${words.join(' ')} ended with ${status}: ${terminal.told.join('\n')}`);
}

function silentTerminal(folder) {
  const told = [];
  return {
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, '.cache') },
    cwd: folder,
    write: () => undefined,
    log: (text) => void told.push(text),
    paint: (_style, text) => text,
    ask: undefined,
    told,
  };
}
