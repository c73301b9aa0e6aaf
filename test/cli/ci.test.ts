import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { ciFile, ciKinds } from '../../cli/ci/ci-file.js';
import { createProgram } from '../../cli/program.js';
import { Session } from '../../cli/session.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { validateStructure } from '../../validate/structure.js';
import { readTree } from './read-tree.js';
import { runCli } from './run-cli.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-ci-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const textOf = (kind: (typeof ciKinds)[number]) => ciFile(kind).text;

describe('the CI file is what its service takes:', () => {
  test.each(['github', 'gitea'] as const)('%s, by the parser that GitHub publishes', (kind) => {
    const parsed = (content: string) => {
      const { context } = parseWorkflow({ name: 'driftloop.yaml', content }, new NoOperationTraceWriter());
      return context.errors.getErrors().map(({ message }) => message);
    };
    expect(parsed(textOf(kind))).toEqual([]);
    expect(parsed(textOf(kind).replace('timeout-minutes', 'timeout'))).not.toEqual([]);
  });

  test('gitlab, by the schema that GitLab publishes', () => {
    const schema = JSON.parse(readFileSync('test/fixtures/gitlab/ci.schema.json', 'utf8')) as object;
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
    expect([validate(parse(textOf('gitlab'))), validate.errors]).toEqual([true, null]);
    expect(validate(parse(textOf('gitlab').replace('resource_group:', 'resource_groups:')))).toBe(false);
  });

  test('tekton, by the schema of its API', () => {
    const runs = parseAllDocuments(textOf('tekton')).map((document) => document.toJS() as KubernetesObject);
    const unit = { name: 'ci', directory: '.tekton', environment: undefined, model: undefined };
    // Pipelines as Code adds the namespace.
    const manifests = runs.map((run) => ({
      unit,
      file: '.tekton/driftloop.yaml',
      object: { ...run, metadata: { ...run.metadata, namespace: 'ci' } },
    }));
    expect(runs.map(({ kind }) => kind)).toEqual(['PipelineRun', 'PipelineRun']);
    expect(validateStructure(manifests)).toEqual([]);
  });
});

describe.each(ciKinds)('the file for %s', (kind) => {
  const text = textOf(kind);

  test('runs nothing of others that could change: actions stand at a commit, images at a version', () => {
    for (const [, action = ''] of text.matchAll(/uses: (.*)/g))
      expect(action).toMatch(/^[a-z-]+\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const [, image = ''] of text.matchAll(/image: (.*)/g))
      expect(image).toMatch(/:\d+\.\d+\.\d+-[a-z]+$/);
  });

  test('calls driftloop as it can be called', () => {
    const program = createProgram(
      new Session({
        environment: {},
        cwd: '/',
        write: String,
        log: String,
        paint: (_, line) => line,
        ask: undefined,
      }),
    );
    const calls = [
      ...[...text.matchAll(/npx driftloop (.*)/g)].map(([, words = '']) => words.split(' ')),
      ...[...text.matchAll(/\["npx",\s*"driftloop",\s*([^\]]*)\]/g)].map(([, words = '']) =>
        words.replaceAll('"', '').split(/,\s*/),
      ),
    ];
    expect(new Set(calls.map(([verb]) => verb))).toEqual(new Set(['check', 'diff', 'publish']));
    for (const [verb, ...words] of calls) {
      const options = program.commands.find((command) => command.name() === verb)?.options ?? [];
      const named = words.filter((word) => word.startsWith('-'));
      expect(
        named.filter((word) => !options.some(({ long, short }) => [long, short].includes(word))),
      ).toEqual([]);
    }
  });

  test('puts nothing that a pull request says into a shell', () => {
    for (const [, command = ''] of text.matchAll(/(?:run:|script:|^ +- npx) (.*)/gm))
      expect(command).not.toContain('${{');
  });

  test('publishes one change after the other, and only what is merged', () => {
    expect(text).toMatch(/branches: \[main\]|\$CI_DEFAULT_BRANCH|on-event: "\[push\]"/);
    if (kind === 'github' || kind === 'gitlab')
      expect(text).toMatch(/(?:group|resource_group): driftloop-publish/);
  });
});

test('GitHub gives each job the rights it needs, and none to the others', () => {
  const { permissions, jobs } = parse(textOf('github')) as {
    permissions: object;
    jobs: Record<string, { permissions: object }>;
  };
  expect(permissions).toEqual({});
  expect(Object.entries(jobs).map(([name, job]) => [name, job.permissions])).toEqual([
    ['check', { contents: 'read' }],
    ['diff', { contents: 'read', 'pull-requests': 'write' }],
    ['publish', { contents: 'read' }],
  ]);
});

describe('init --ci', () => {
  test('writes a workspace with the file that was asked for', async () => {
    const { status } = await runCli(['init', '--yes', '--ci', 'gitlab'], { cwd: folder });
    expect(status).toBe(0);
    expect(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8')).toBe(textOf('gitlab'));
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });

  test('adds the file alone to a workspace that is there, and never overwrites one', async () => {
    await runCli(['init', '--yes'], { cwd: folder });
    const before = readTree(folder);
    const { status, output } = await runCli(['init', '--ci', 'tekton'], { cwd: folder });
    expect([status, output]).toEqual([0, '.tekton/driftloop.yaml\n']);
    const after = readTree(folder);
    expect(after).toEqual(new Map([...before, ['.tekton/driftloop.yaml', textOf('tekton')]]));
    const again = await runCli(['init', '--ci', 'tekton'], { cwd: folder });
    expect(again).toMatchObject({ status: 0, output: '' });
    expect(again.log).toContain('kept .tekton/driftloop.yaml');
  });
});
