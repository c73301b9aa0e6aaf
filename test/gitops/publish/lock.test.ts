import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../gitops/clock.js';
import { withLock } from '../../../gitops/publish/lock.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import { gate, temporaryFolder } from '../support/repository.js';
import { containing } from '../support/matchers.js';

/** Time that passes only by waiting. */
function simulatedClock(onWait: () => void = () => undefined): Clock {
  let now = Date.now();
  return {
    now: () => new Date(now),
    wait: (milliseconds) => {
      now += milliseconds;
      onWait();
      return new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
  };
}

function lock(
  directory: string,
  clock: Clock,
  work: () => Promise<string>,
  branch = 'main',
): Promise<string> {
  return withLock('https://git.example.com/gitops.git', branch, { clock, directory }, work);
}

/** Leaves a lock behind, as another process would. */
async function leaveLock(directory: string, content: string): Promise<string> {
  let name = '';
  await lock(directory, simulatedClock(), () => {
    name = readdirSync(directory)[0] ?? '';
    return Promise.resolve('');
  });
  const file = join(directory, name);
  writeFileSync(file, content);
  return file;
}

const owner = (pid: number, host = hostname()) => JSON.stringify({ pid, host, token: 'theirs' });

/** A process number that is not in use: Linux gives none above this. */
const deadProcess = 2 ** 22 + 1;

test('one at a time works on a branch, and other branches do not wait', async () => {
  const directory = temporaryFolder();
  const events: string[] = [];
  const [started, done] = [gate(), gate()];
  const first = lock(directory, simulatedClock(), () => {
    events.push('first');
    started.open();
    return done.opened.then(() => '');
  });
  await started.opened;
  const second = lock(
    directory,
    simulatedClock(() => {
      if (events.length === 2) done.open();
    }),
    () => Promise.resolve(String(events.push('second'))),
  );
  await lock(directory, simulatedClock(), () => Promise.resolve(String(events.push('other'))), 'other');
  await Promise.all([first, second]);
  expect(events).toEqual(['first', 'other', 'second']);
  expect(readdirSync(directory)).toEqual([]);
});

test('a failure gives the lock back', async () => {
  const directory = temporaryFolder();
  await expect(lock(directory, simulatedClock(), () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  expect(readdirSync(directory)).toEqual([]);
});

test('a place where no lock can stand is explained', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const failure = lock(join(file, 'locks'), simulatedClock(), () => Promise.resolve(''));
  await expect(failure).rejects.toBeInstanceOf(OutsideError);
  await expect(failure).rejects.toMatchObject({ message: containing('ENOTDIR'), hint: containing('TMPDIR') });
});

test('the lock of a process that is gone is taken over at once', async () => {
  const directory = temporaryFolder();
  await leaveLock(directory, owner(deadProcess));
  let waits = 0;
  await lock(
    directory,
    simulatedClock(() => (waits += 1)),
    () => Promise.resolve(''),
  );
  expect(waits).toBe(0);
});

test('a lock whose owner was killed before it wrote its name is taken over after a while', async () => {
  const directory = temporaryFolder();
  await leaveLock(directory, '');
  let waits = 0;
  await lock(
    directory,
    simulatedClock(() => (waits += 1)),
    () => Promise.resolve(''),
  );
  expect(waits).toBeGreaterThan(10);
});

test('a lock of yesterday is taken over, whatever process has its number today', async () => {
  const directory = temporaryFolder();
  const file = await leaveLock(directory, owner(process.pid));
  utimesSync(file, 0, Date.now() / 1000 - 86_400);
  await expect(lock(directory, simulatedClock(), () => Promise.resolve('done'))).resolves.toBe('done');
});

test.each([
  ['a living process', () => owner(process.pid)],
  ['a process of another machine', () => owner(deadProcess, 'another.example.com')],
])('the lock of %s is waited for, and then named', async (_, content) => {
  const directory = temporaryFolder();
  const file = await leaveLock(directory, content());
  const failure = lock(directory, simulatedClock(), () => Promise.resolve(''));
  await expect(failure).rejects.toBeInstanceOf(OutsideError);
  await expect(failure).rejects.toMatchObject({
    message: containing(`(process`),
    hint: containing(file),
  });
  expect(readdirSync(directory)).toHaveLength(1);
});
