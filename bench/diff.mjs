// How long a person waits for a diff, and for the page of a large one.
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../scripts/workbench.mjs';
import { bestOf, measureNode } from './measure.mjs';
import { changeModel, writeWorkspace } from './workspace.mjs';

const driftloop = join(root, 'build/cli/driftloop.js');

/** Two models in two environments, one of them changed since it was published. */
export function measureDiff(folder) {
  const workspace = join(folder, 'diff');
  writeWorkspace(workspace, 2);
  const run = (...words) =>
    measureNode([driftloop, ...words, '-C', workspace, '--to', 'embedded'], { folder });
  const { created } = JSON.parse(run('diff', '--format', 'json').output).summary;
  run('publish');
  changeModel(workspace, 0, 1);
  return { objects: created, text: bestOf(5, () => run('diff')) };
}

/** A page of about 2,000 objects, all of them new; opened and searched where there is a Chromium. */
export async function measurePage(folder) {
  const workspace = join(folder, 'page');
  const file = join(workspace, 'diff.html');
  mkdirSync(workspace);
  writeWorkspace(workspace, 125);
  const made = measureNode(
    [driftloop, 'diff', '-C', workspace, '--to', 'embedded', '--format', 'html', '-o', file],
    { folder },
  );
  const objects = readFileSync(file, 'utf8').match(/<details/g).length;
  return { objects, made, megabytes: statSync(file).size / 2 ** 20, ...(await open(file)) };
}

async function open(file) {
  const executablePath = [
    process.env.CHROMIUM ?? '',
    ...process.env.PATH.split(delimiter).map((place) => join(place, 'chromium')),
  ].find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) return {};
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const begin = performance.now();
    await page.goto(pathToFileURL(file).href);
    const opened = performance.now() - begin;
    const searched = await page.evaluate(timeSearch);
    return { opened, searched };
  } finally {
    await browser.close();
  }
}

/** Run in the page: milliseconds of the first search, which has to read all of it, until the list is laid out. */
const timeSearch = `(() => {
  const input = document.querySelector('input[name=text]');
  const begin = performance.now();
  input.value = 'model-00042 vector';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - begin;
})()`;
