import { readdirSync, readFileSync } from 'node:fs';
import { taskContracts } from '../../charts/tasks/task-contracts.js';
import { loadStep, stepNames } from '../../steps/load-step.js';

test.each(stepNames)('the step %s is found by the name of its contract', async (name) => {
  expect((await loadStep(name))?.contract.name).toBe(name);
});

test('every Task has a step that keeps its contract', () => {
  expect(stepNames).toEqual(expect.arrayContaining(taskContracts.map(({ name }) => name)));
});

test.each(['', 'nosuch', '__proto__', 'constructor'])('"%s" is no step', async (name) => {
  expect(await loadStep(name)).toBeUndefined();
});

test('the entry of the runner imports no step before it is asked for', () => {
  const entry = readFileSync(new URL('../../steps/main.ts', import.meta.url), 'utf8');
  const loader = readFileSync(new URL('../../steps/load-step.ts', import.meta.url), 'utf8');
  const names = readdirSync(new URL('../../charts/tasks', import.meta.url)).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  const imported = [...`${entry}${loader}`.matchAll(/^import (?!type).* from '\.\/([a-z-]+)\.js'/gm)].map(
    ([, name]) => name,
  );
  expect(names.filter((name) => imported.includes(name))).toEqual([]);
});
