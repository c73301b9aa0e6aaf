import { jest } from '@jest/globals';
import { Progress } from '../../cli/progress.js';
import { isWatched, ProgressLine } from '../../cli/terminal.js';
import { runCli } from './run-cli.js';

function watch(): {
  readonly lines: string[];
  readonly progress: Progress;
  readonly at: (time: number) => void;
} {
  const lines: string[] = [];
  let now = 0;
  const progress = new Progress({ showProgress: (line) => lines.push(line) }, () => now);
  return {
    lines,
    progress,
    at: (time) => {
      now = time;
    },
  };
}

describe('progress', () => {
  test('is not told of what takes less than a second', () => {
    const { lines, progress, at } = watch();
    progress.count('Rendering units:', 1, 2);
    at(900);
    progress.count('Rendering units:', 2, 2);
    progress.end();
    expect(lines).toEqual([]);
  });

  test('is told ten times a second at most, and taken away at the end', () => {
    const { lines, progress, at } = watch();
    for (let time = 0; time <= 1250; time += 10) {
      at(time);
      progress.count('Rendering units:', time / 10, 200);
    }
    progress.end();
    expect(lines).toEqual([
      'Rendering units: 100 of 200 … 1 s',
      'Rendering units: 110 of 200 … 1 s',
      'Rendering units: 120 of 200 … 1 s',
      '',
    ]);
  });

  test('is told while only the network is waited for', () => {
    jest.useFakeTimers();
    try {
      const { lines, progress, at } = watch();
      progress.say('Reading the GitOps repository');
      at(2000);
      jest.advanceTimersByTime(100);
      progress.end();
      expect(lines).toEqual(['Reading the GitOps repository … 2 s', '']);
      at(4000);
      jest.advanceTimersByTime(1000);
      expect(lines).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  test('is told to nobody who reads a log', () => {
    expect(isWatched({ isTTY: true }, { TERM: 'xterm' })).toBe(true);
    expect(isWatched({ isTTY: true }, { TERM: 'xterm', CI: 'true' })).toBe(false);
    expect(isWatched({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(isWatched({}, {})).toBe(false);
  });
});

test('the line never wraps, and is taken away once', () => {
  const written: string[] = [];
  const line = new ProgressLine({ columns: 10, write: (text: string) => written.push(text) > 0 });
  line.show('');
  line.show('a line that is too long');
  line.show('');
  line.show('');
  expect(written).toEqual(['\r\u001B[Ka line th', '\r\u001B[K']);
});

test('whoever has no terminal gets results and problems alone', async () => {
  const { status, log } = await runCli(['check', '-C', 'examples/jukebox'], { cwd: process.cwd() });
  expect([status, log]).toEqual([0, '']);
});
