import { hasErrors } from '../../../problems/problem.js';
import type { Problem } from '../../../problems/problem.js';
import type { Manifest } from '../../../synth/manifest.js';
import { Census } from '../../../validate/census.js';
import { jukeboxWorkspace, render } from '../../charts/workspace-fixture.js';

function count(manifests: readonly Manifest[]): readonly Problem[] {
  const census = new Census();
  return [...census.add(manifests), ...census.conclude()];
}

test('a unit of more objects than Argo CD can store the state of is warned about, with what works', () => {
  const [unit] = render(jukeboxWorkspace).filter(({ unit: { name } }) => name === 'applications');
  const [manifest] = unit?.manifests ?? [];
  if (manifest === undefined) throw new Error('nothing rendered');
  const crowd = Array.from({ length: 4001 }, (_, index) => {
    const { object } = manifest;
    return { ...manifest, object: { ...object, metadata: { ...object.metadata, name: `project-${index}` } } };
  });
  const problems = count(crowd);
  expect(problems.map(({ code }) => code)).toEqual(['REFERENCE_APPLICATION_SIZE']);
  expect(problems[0]?.hint).toContain('applicationset');
  expect(hasErrors(problems)).toBe(false);
  expect(count(crowd.slice(1))).toEqual([]);
});
