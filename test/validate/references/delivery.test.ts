import { hasErrors } from '../../../problems/problem.js';
import { validateReferences } from '../../../validate/references.js';
import { jukeboxWorkspace, render } from '../../charts/workspace-fixture.js';

test('a unit of more objects than Argo CD can store the state of is warned about, with what works', () => {
  const [unit] = render(jukeboxWorkspace).filter(({ unit: { name } }) => name === 'applications');
  const [manifest] = unit?.manifests ?? [];
  if (manifest === undefined) throw new Error('nothing rendered');
  const crowd = Array.from({ length: 4001 }, (_, index) => {
    const { object } = manifest;
    return { ...manifest, object: { ...object, metadata: { ...object.metadata, name: `project-${index}` } } };
  });
  const problems = validateReferences(crowd);
  expect(problems.map(({ code }) => code)).toEqual(['REFERENCE_APPLICATION_SIZE']);
  expect(problems[0]?.hint).toContain('applicationset');
  expect(hasErrors(problems)).toBe(false);
  expect(validateReferences(crowd.slice(1))).toEqual([]);
});
