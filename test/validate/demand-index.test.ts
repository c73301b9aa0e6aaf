import fc from 'fast-check';
import { DemandIndex } from '../../validate/demand-index.js';

const label = fc.constantFrom('namespace', 'model', 'environment');
const value = fc.constantFrom('', 'a', 'b');
const demands = fc.array(fc.tuple(label, value), { maxLength: 3 });

describe('the index of demands', () => {
  it('loses none that fits, and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(demands), fc.dictionary(label, value), (all, labels) => {
        const fits = (wanted: readonly (readonly [string, string])[]): boolean =>
          wanted.every(([name, text]) => (labels[name] ?? '') === text);
        const index = new DemandIndex(all, (wanted) => wanted);
        expect(index.candidates(labels).filter(fits)).toEqual(all.filter(fits));
      }),
    );
  });

  it('leaves out those that demand something rare', () => {
    const all = Array.from({ length: 100 }, (_, model) => [
      ['namespace', 'test'] as const,
      ['model', `m${model}`] as const,
    ]);
    const index = new DemandIndex(all, (wanted) => wanted);
    expect(index.candidates({ namespace: 'test', model: 'm7' })).toEqual([all[7]]);
  });
});
