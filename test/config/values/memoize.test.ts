import { memoize } from '../../../config/values/memoize.js';

describe('a memoized function', () => {
  it('works once for each text, also when nothing comes of it', () => {
    const asked: string[] = [];
    const work = memoize((text): string | undefined => {
      asked.push(text);
      return undefined;
    });
    expect(['a', 'b', 'a', 'b'].map((text) => work(text))).toEqual(Array(4).fill(undefined));
    expect(asked).toEqual(['a', 'b']);
  });

  it('does not grow without end', () => {
    let count = 0;
    const work = memoize(() => (count += 1), 2);
    for (const text of ['a', 'b', 'c', 'a']) work(text);
    expect(count).toBe(4);
  });
});
