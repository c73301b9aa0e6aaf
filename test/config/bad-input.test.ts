import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadWorkspace } from '../../config/load-workspace.js';
import { loadReleases } from '../../config/release-files.js';
import { configCodes } from '../../problems/codes-config.js';
import { courseCodes } from '../../problems/codes-course.js';
import { gateCodes } from '../../problems/codes-gates.js';
import { notificationCodes } from '../../problems/codes-notifications.js';
import { formatFrame } from '../../problems/frame.js';
import type { Problem } from '../../problems/problem.js';
import { hasErrors } from '../../problems/problem.js';
import { removeWorkspaces, writeWorkspace } from './workspace-files.js';

/**
 * test/bad holds one input per mistake: `<name>.model.yaml` and `<name>.driftloop.yaml` replace a file of a good
 * workspace, `<name>/` is a whole one. Lines `# expect: CODE severity file:line:column` say what must be found.
 */
const folder = 'test/bad';
const cases = readdirSync(folder).sort();

afterEach(removeWorkspaces);

test.each(cases)('%s is reported where it was written', (name) => {
  const directory = arrange(name);
  const problems = load(directory);
  expect(problems.map(summarize).sort()).toEqual(expectations(join(folder, name)).sort());
  for (const problem of problems) {
    expect(problem.message).toMatch(/^[^a-z].*[.]$/s);
    expect(problem.hint).toMatch(/^[^a-z].*[.?]$/s);
    expect(showFrame(directory, problem)).not.toBe('');
  }
});

test('every code of config/ has a bad input', () => {
  const shown = cases.flatMap((name) => expectations(join(folder, name))).map((line) => line.split(' ')[0]);
  const generated = ['CONFIG_FILE_TOO_LARGE']; // Not kept in Git; load-workspace.test.ts writes one.
  expect([...new Set([...shown, ...generated])].sort()).toEqual(
    [configCodes, courseCodes, gateCodes, notificationCodes].flatMap((codes) => Object.keys(codes)).sort(),
  );
});

test('an input with errors has no value, one with warnings has', () => {
  for (const name of cases) {
    const { value, problems } = loadWorkspace(arrange(name));
    expect([name, value !== undefined]).toEqual([name, !hasErrors(problems)]);
  }
});

test('a secret is never repeated in a message', () => {
  const problems = cases.filter((name) => name.startsWith('secret')).flatMap((name) => load(arrange(name)));
  expect(problems.length).toBeGreaterThan(2);
  expect(JSON.stringify(problems)).not.toMatch(/b.ttery|8675309/);
});

function arrange(name: string): string {
  const path = join(folder, name);
  if (statSync(path).isDirectory()) return path;
  const target = name.endsWith('.model.yaml') ? 'models/jukebox.yaml' : 'driftloop.yaml';
  return writeWorkspace({ [target]: readFileSync(path) });
}

function load(directory: string): readonly Problem[] {
  const { value, problems } = loadWorkspace(directory);
  const releases = value !== undefined && existsSync(join(directory, 'releases'));
  return releases ? [...problems, ...loadReleases(directory, value).problems] : problems;
}

function summarize({ code, severity, position }: Problem): string {
  return `${code} ${severity} ${position?.file ?? ''}:${position?.line ?? 0}:${position?.column ?? 0}`;
}

function expectations(path: string): string[] {
  if (!statSync(path).isDirectory()) {
    return [...readFileSync(path, 'latin1').matchAll(/^# expect: (.*)$/gm)].map(([, line = '']) => line);
  }
  return readdirSync(path).flatMap((name) => expectations(join(path, name)));
}

function showFrame(directory: string, { position }: Problem): string {
  const path = join(directory, position?.file ?? '');
  if (position === undefined || !existsSync(path) || !statSync(path).isFile())
    return relative(directory, path);
  return formatFrame(readFileSync(path, 'utf8'), position);
}
