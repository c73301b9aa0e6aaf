import { App } from 'cdk8s';
import { RetrainingPipeline } from '../../charts/retraining/retraining-pipeline.js';
import { RunnerRights } from '../../charts/retraining/runner-rights.js';
import { validateReferences } from '../../validate/references.js';
import { validateSecurity } from '../../validate/security.js';
import { validateStructure } from '../../validate/structure.js';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';
import { jobTraining, rayTraining, trainJobTraining } from '../charts/engine-fixture.js';
import { model, platform } from '../charts/retraining-fixture.js';
import type { Training } from '../../config/model.js';

const unit = { name: 'toolings', directory: 'toolings', environment: undefined, model: undefined };

/** The Pipeline and the rights of a model, with something changed in the text of what is handed over. */
function render(training: Training, from = '', to = ''): readonly Manifest[] {
  const handed = { ...model, training };
  const pipeline = new RetrainingPipeline(new App(), 'pipeline', { platform, model: handed, training });
  const rights = new RunnerRights(new App(), 'rights', { platform, models: [handed] });
  const objects = [...pipeline.toJson(), ...rights.toJson()] as KubernetesObject[]; // cdk8s returns any.
  return objects.map((object) => {
    const text = JSON.stringify(object);
    const escaped = JSON.stringify(from).slice(1, -1);
    if (from !== '' && object.kind === 'Pipeline') expect(text).toContain(escaped);
    const changed = from === '' ? text : text.replace(escaped, JSON.stringify(to).slice(1, -1));
    return { unit, file: 'a.k8s.yaml', object: JSON.parse(changed) as KubernetesObject };
  });
}

test.each([jobTraining, trainJobTraining, rayTraining])(
  'what is handed over to $engine is without fault',
  (training) => {
    const manifests = render(training);
    expect(validateStructure(manifests)).toEqual([]);
    expect(validateSecurity(manifests).filter(({ code }) => code === 'SECURITY_POD')).toEqual([]);
  },
);

test.each([
  ['a field that there is not', '"backoffLimit"', '"backoffLimits"', 'STRUCTURE_UNKNOWN_FIELD'],
  ['a value of another type', '"completions": 1', '"completions": "1"', 'STRUCTURE_WRONG_TYPE'],
  ['another version', '"apiVersion": "batch/v1"', '"apiVersion": "batch/v2"', 'STRUCTURE_UNKNOWN_KIND'],
  ['no JSON', '"kind": "Job",', '', 'STRUCTURE_UNKNOWN_KIND'],
])('%s in the text is found', (_, from, to, code) => {
  expect(validateStructure(render(jobTraining, from, to)).map((problem) => problem.code)).toContain(code);
});

test('a Pod of a Job or of Ray that may become root is found', () => {
  for (const training of [jobTraining, rayTraining]) {
    const manifests = render(training, '"runAsNonRoot": true', '"runAsNonRoot": false');
    expect(validateSecurity(manifests).map(({ code }) => code)).toContain('SECURITY_POD');
  }
});

test('an account that is not there is found', () => {
  const manifests = render(
    jobTraining,
    '"serviceAccountName": "driftloop-trainer"',
    '"serviceAccountName": "x"',
  );
  expect(validateReferences(manifests).map(({ code }) => code)).toContain('REFERENCE_ACCOUNT');
});

test.each(['jobs', 'pods', 'pods/log'])(
  'an account of the runs without rights at %s is found',
  (resource) => {
    const manifests = render(jobTraining).map((manifest) => ({
      ...manifest,
      object: JSON.parse(
        JSON.stringify(manifest.object).replace(`"resources":["${resource}"]`, '"resources":["nothing"]'),
      ) as KubernetesObject,
    }));
    const found = validateReferences(manifests).filter(({ code }) => code === 'REFERENCE_RUNNER_RIGHTS');
    expect(found[0]?.message).toContain(`may not`);
    expect(found[0]?.message).toContain(resource);
  },
);
