import { validateTekton } from '../../validate/tekton.js';
import { goodManifests, names, manyManifests, mutate, without } from './good-manifests.js';
import type { Changes } from './good-manifests.js';
import { codesOf, summarize } from './problems.js';

const { pipeline, trigger } = names;
const run = 'spec.template.spec.resourcetemplates[0]';

function checkPipeline(changes: Changes): readonly string[] {
  return summarize(validateTekton(mutate('Pipeline', pipeline, changes)));
}

function checkRun(changes: Changes): readonly string[] {
  return summarize(validateTekton(mutate('Trigger', trigger, changes)));
}

describe('Tekton', () => {
  test('what the charts render is fine', () => {
    expect(validateTekton(goodManifests)).toEqual([]);
    expect(validateTekton(manyManifests)).toEqual([]);
  });

  describe('a Pipeline', () => {
    test.each<[string, string, Changes]>([
      [
        'with a param that no task declares',
        'TEKTON_PARAM_UNKNOWN',
        { 'spec.tasks[0].params[9]': { name: 'modle', value: 'x' } },
      ],
      ['that leaves out a param of a Task', 'TEKTON_PARAM_MISSING', { 'spec.tasks[0].params': [] }],
      ['that gives a list for a text', 'TEKTON_PARAM_TYPE', { 'spec.tasks[0].params[0].value': ['jukebox'] }],
      [
        'that uses a param it does not declare',
        'TEKTON_VARIABLE',
        { 'spec.tasks[0].params[0].value': '$(params.modle)' },
      ],
      [
        'that uses a context variable that is none',
        'TEKTON_VARIABLE',
        { 'spec.tasks[0].params[0].value': '$(context.taskRun.name)' },
      ],
      [
        'that uses a result its task does not declare',
        'TEKTON_RESULT',
        { 'spec.tasks[1].when[0].input': '$(tasks.admit.results.admited)' },
      ],
      [
        'that uses a result of a task it does not have',
        'TEKTON_VARIABLE',
        { 'spec.tasks[1].when[0].input': '$(tasks.admitt.results.admitted)' },
      ],
      [
        'that asks for the state of all tasks outside finally',
        'TEKTON_FINALLY',
        { 'spec.tasks[0].params[0].value': '$(tasks.status)' },
      ],
      [
        'whose task waits for one that is not there',
        'TEKTON_TARGET',
        { 'spec.tasks[1].runAfter': ['nobody'] },
      ],
      ['whose tasks wait for each other', 'TEKTON_CYCLE', { 'spec.tasks[0].runAfter': ['train'] }],
      ['whose task waits for itself', 'TEKTON_CYCLE', { 'spec.tasks[0].runAfter': ['admit'] }],
      ['with a Task that is not there', 'TEKTON_REF', { 'spec.tasks[0].taskRef.name': 'driftloop-admitt' }],
      [
        'with a taskRef that asks for a custom task',
        'TEKTON_REF',
        { 'spec.tasks[0].taskRef.apiVersion': 'tekton.dev/v1' },
      ],
      ['whose task lacks its workspace', 'TEKTON_WORKSPACE', { 'spec.tasks[1].workspaces': [] }],
      [
        'whose task has a workspace too many',
        'TEKTON_WORKSPACE',
        { 'spec.tasks[0].workspaces': [{ name: 'run', workspace: 'run' }] },
      ],
      [
        'that binds a workspace it does not declare',
        'TEKTON_WORKSPACE',
        { 'spec.tasks[1].workspaces[0].workspace': 'ran' },
      ],
      [
        'with a workspace nobody uses',
        'TEKTON_UNUSED',
        { 'spec.workspaces[1]': { name: 'spare', optional: true } },
      ],
      ['with a condition without values', 'TEKTON_WHEN', { 'spec.tasks[1].when[0].values': [] }],
      ['with an unknown operator', 'TEKTON_WHEN', { 'spec.tasks[1].when[0].operator': 'equals' }],
      ['with a timeout that is none', 'TEKTON_TIMEOUT', { 'spec.tasks[0].timeout': '10 minutes' }],
      ['with half a retry', 'TEKTON_RETRIES', { 'spec.tasks[0].retries': 1.5 }],
      ['with two tasks of one name', 'TEKTON_DUPLICATE', { 'spec.tasks[1].name': 'admit' }],
      ['with a task that cannot be a label', 'TEKTON_NAME', { 'spec.tasks[0].name': 'Admit' }],
      ['with a task name of 64 characters', 'TEKTON_NAME', { 'spec.tasks[0].name': 'a'.repeat(64) }],
      [
        'whose finally waits',
        'TEKTON_FINALLY',
        {
          'spec.finally': [
            { name: 'last', taskSpec: { steps: [{ name: 's', command: ['x'] }] }, runAfter: ['admit'] },
          ],
        },
      ],
      [
        'with an embedded task without steps',
        'TEKTON_STEPS',
        { 'spec.finally': [{ name: 'last', taskSpec: {} }] },
      ],
    ])('%s', (_title, code, changes) => {
      expect(codesOf(validateTekton(mutate('Pipeline', pipeline, changes)))).toContain(code);
    });

    test('a cycle is named once, in its order', () => {
      expect(
        checkPipeline({ 'spec.tasks[0].runAfter': ['fetch-source'], 'spec.tasks[1].runAfter': ['admit'] }),
      ).toEqual(['TEKTON_CYCLE spec.tasks: tasks wait for each other: admit → fetch-source → admit.']);
    });

    test('finally knows the state of the tasks', () => {
      const steps = [{ name: 's', command: ['x'], env: [{ name: 'STATE', value: '$(params.state)' }] }];
      const last = {
        name: 'last',
        params: [{ name: 'state', value: '$(tasks.status) $(tasks.train.status) $(tasks.train.reason)' }],
        taskSpec: { params: [{ name: 'state', type: 'string' }], steps },
      };
      expect(checkPipeline({ 'spec.finally': [last] })).toEqual([]);
    });

    test('with thousands of tasks in a row is checked without a crash', () => {
      const tasks = Array.from({ length: 2000 }, (_, index) => ({
        name: `t${index}`,
        runAfter: index === 0 ? [] : [`t${index - 1}`],
        taskSpec: { steps: [{ name: 's', command: ['x'] }] },
      }));
      const problems = checkPipeline({ 'spec.tasks': tasks, 'spec.results': [], 'spec.workspaces': [] });
      expect(problems.filter((problem) => problem.startsWith('TEKTON_CYCLE'))).toEqual([]);
    });
  });

  describe('a Task', () => {
    test.each<[string, string, Changes]>([
      [
        'with a variable that is not declared',
        'TEKTON_VARIABLE',
        { 'spec.steps[0].env[9]': { name: 'X', value: '$(params.nope)' } },
      ],
      [
        'with a workspace that is not declared',
        'TEKTON_VARIABLE',
        { 'spec.steps[0].env[9]': { name: 'X', value: '$(workspaces.nope.path)' } },
      ],
      [
        'with a result that is not declared',
        'TEKTON_VARIABLE',
        { 'spec.steps[0].env[9]': { name: 'X', value: '$(results.nope.path)' } },
      ],
      [
        'with a variable of a Pipeline',
        'TEKTON_VARIABLE',
        { 'spec.steps[0].args': ['$(context.pipelineRun.name)'] },
      ],
      [
        'with a param that is not used',
        'TEKTON_UNUSED',
        { 'spec.params[9]': { name: 'spare', default: '' } },
      ],
      ['with two results of one name', 'TEKTON_DUPLICATE', { 'spec.results[1].name': 'admitted' }],
      ['without steps', 'TEKTON_STEPS', { 'spec.steps': [] }],
      ['with a step that does not say what it runs', 'TEKTON_STEPS', { 'spec.steps[0].command': undefined }],
    ])('%s', (_title, code, changes) => {
      expect(codesOf(validateTekton(mutate('Task', 'driftloop-admit', changes)))).toContain(code);
    });

    test('may use its own environment, keys of an object, and variables in brackets', () => {
      const changes = {
        'spec.params[4]': { name: 'a.b', default: { key: 'x' }, properties: { key: {} } },
        'spec.steps[0].args': [
          '$(HOME)',
          '$(params["a.b"].key)',
          "$(params['model'])",
          '$(context.taskRun.uid)',
        ],
      };
      expect(summarize(validateTekton(mutate('Task', 'driftloop-admit', changes)))).toEqual([]);
      expect(
        summarize(
          validateTekton(
            mutate('Task', 'driftloop-admit', { ...changes, 'spec.steps[0].args': ['$(params["a.b"].kee)'] }),
          ),
        ),
      ).toEqual([
        'TEKTON_VARIABLE spec.steps[0].args[0]: $(params["a.b"].kee): param "a.b" has no property "kee".',
      ]);
    });

    test('that is gone is missed by its Pipeline', () => {
      expect(summarize(validateTekton(without('Task', 'driftloop-admit')))[0]).toBe(
        'TEKTON_REF spec.tasks[0].taskRef.name: there is no Task "driftloop-admit" in this namespace.',
      );
    });
  });

  describe('a run', () => {
    test.each<[string, string, Changes]>([
      ['without a param of its Pipeline', 'TEKTON_PARAM_MISSING', { [`${run}.spec.params`]: [] }],
      [
        'with a param its Pipeline does not declare',
        'TEKTON_PARAM_UNKNOWN',
        { [`${run}.spec.params[0].name`]: 'enviroment' },
      ],
      ['without the workspace of its Pipeline', 'TEKTON_WORKSPACE', { [`${run}.spec.workspaces`]: [] }],
      [
        'with a workspace too many',
        'TEKTON_WORKSPACE',
        { [`${run}.spec.workspaces[1]`]: { name: 'spare', emptyDir: {} } },
      ],
      [
        'with settings for a task that is not there',
        'TEKTON_TARGET',
        { [`${run}.spec.taskRunSpecs[0].pipelineTaskName`]: 'trian' },
      ],
      ['with less time than its parts', 'TEKTON_TIMEOUT', { [`${run}.spec.timeouts.pipeline`]: '5m0s' }],
      [
        'with less time than one of its tasks',
        'TEKTON_TIMEOUT',
        { [`${run}.spec.timeouts`]: { pipeline: '10m0s', tasks: '5m0s', finally: '5m0s' } },
      ],
      ['with unlimited tasks in a limited run', 'TEKTON_TIMEOUT', { [`${run}.spec.timeouts.tasks`]: '0' }],
      ['with a timeout that is none', 'TEKTON_TIMEOUT', { [`${run}.spec.timeouts.tasks`]: 'long' }],
      [
        'whose name leaves no room',
        'TEKTON_NAME',
        { [`${run}.metadata.name`]: `${'a'.repeat(63)}-$(tt.params.fingerprint)` },
      ],
      [
        'whose name has capitals',
        'TEKTON_NAME',
        { [`${run}.metadata.name`]: 'Run-$(tt.params.fingerprint)' },
      ],
      [
        'with the account of v1beta1',
        'TEKTON_RUN_FIELD',
        { [`${run}.spec.serviceAccountName`]: 'driftloop-runner' },
      ],
      [
        'with a value the template does not declare',
        'TEKTON_VARIABLE',
        { [`${run}.spec.params[1].value`]: '$(tt.params.print)' },
      ],
      [
        'with a result as a value',
        'TEKTON_VARIABLE',
        { [`${run}.spec.params[1].value`]: '$(tasks.a.results.b)' },
      ],
      [
        'whose template has a param too many',
        'TEKTON_UNUSED',
        { 'spec.template.spec.params[2]': { name: 'spare', default: '' } },
      ],
    ])('%s', (_title, code, changes) => {
      expect(codesOf(validateTekton(mutate('Trigger', trigger, changes)))).toContain(code);
    });

    test('the place of a problem is the place in the Trigger', () => {
      expect(checkRun({ [`${run}.spec.workspaces`]: [] })).toEqual([
        `TEKTON_WORKSPACE ${run}.spec.workspaces: the Pipeline needs workspace "run", which is not bound.`,
      ]);
    });
  });
});
