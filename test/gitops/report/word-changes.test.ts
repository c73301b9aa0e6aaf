import fc from 'fast-check';
import { compareLines } from '../../../gitops/report/line-changes.js';
import { compareWords, cutMiddle, excerptChange } from '../../../gitops/report/word-changes.js';

describe('what differs between two texts, word by word', () => {
  test('a number, a duration and a name are one word each', () => {
    expect(compareWords('a < bool 0.05 for 10m', 'a < bool 0.01 for 10m')).toEqual([
      { kind: 'same', text: 'a < bool ' },
      { kind: 'removed', text: '0.05' },
      { kind: 'added', text: '0.01' },
      { kind: 'same', text: ' for 10m' },
    ]);
  });

  test('the pieces make up both texts again, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const join = (...kinds: string[]) =>
          compareWords(before, after)
            .filter(({ kind }) => kinds.includes(kind))
            .map(({ text }) => text)
            .join('');
        return join('same', 'removed') === before && join('same', 'added') === after;
      }),
    );
  });

  test('of a long text only the differing words and what is around them are shown', () => {
    const words = 'x '.repeat(500);
    expect(excerptChange(`${words}threshold 0.05 ${words}`, `${words}threshold 0.01 ${words}`)).toEqual({
      before: `… ${'x '.repeat(6)}threshold 0.05 ${'x '.repeat(11)}…`,
      after: `… ${'x '.repeat(6)}threshold 0.01 ${'x '.repeat(11)}…`,
    });
  });

  test('a million characters are compared in good time, one word differing or all of them', () => {
    const million = 'word '.repeat(200_000);
    const one = excerptChange(`${million}a${million}`, `${million}b${million}`);
    expect(one.before).toBe('… word word word word aword word word word word …');
    const all = excerptChange(million, 'other '.repeat(170_000));
    expect(all.before.length + all.after.length).toBeLessThan(1000);
  });

  test('a text that is hardly too long stays as it is', () => {
    expect(cutMiddle('x'.repeat(110), 100)).toBe('x'.repeat(110));
    expect(cutMiddle('x'.repeat(300), 100)).toContain('(200 more characters)');
  });
});

describe('what differs between two texts, line by line', () => {
  test('a line in the place of another stands beside it', () => {
    expect(compareLines('a\nb\nc', 'a\nB\nc\nd')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'replaced', before: 'b', after: 'B' },
      { kind: 'same', text: 'c' },
      { kind: 'added', text: 'd' },
    ]);
  });

  test('the lines make up both texts again, whatever they are', () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'b', 'c')).map((list) => list.join('\n'));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = compareLines(before, after);
        const sideOf = (kind: 'removed' | 'added', side: 'before' | 'after') =>
          changes
            .flatMap((change) =>
              change.kind === 'replaced'
                ? [change[side]]
                : change.kind === 'same' || change.kind === kind
                  ? [change.text]
                  : [],
            )
            .join('\n');
        return sideOf('removed', 'before') === before && sideOf('added', 'after') === after;
      }),
    );
  });
});
