import { describeManualRun } from '../charts/retraining/manual-run.js';
import type { ManualRun, RunRequest } from '../charts/retraining/manual-run.js';
import { pipelineName } from '../charts/conventions.js';
import type { Model, Training, Workspace } from '../config/model.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
import { directories } from '../synth/manifest.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster, kinds } from '../validate/cluster.js';
import { validateCreated } from '../validate/rehearse/created-objects.js';
import { renderWorkspace } from './pipeline.js';
import { checkSelection } from './selection.js';

/** What the command line says about a run; the environment may be absent. */
export interface AskedRun extends Omit<RunRequest, 'environment'> {
  readonly model: string;
  /** Default: the environment that receives releases. */
  readonly environment: string | undefined;
}

/** The run of a workspace as the cluster would take it: everything is rendered, and the run held against its Pipeline. */
export function prepareManualRun(directory: string, asked: AskedRun): Checked<ManualRun> {
  const { value: rendering, problems } = renderWorkspace(directory);
  if (rendering === undefined) return { value: undefined, problems };
  const { workspace, units } = rendering;
  const toolings = [...units.value]
    .filter(({ unit }) => unit.directory === directories.toolings)
    .flatMap(({ manifests }) => manifests);
  const found = [...problems, ...units.problems, ...checkRequest(asked, workspace)];
  if (hasErrors(found)) return { value: undefined, problems: found };
  const run = describe(asked, workspace);
  const faults = [...found, ...judge(run, pipelineOf(asked.model, toolings), toolings)];
  return { value: hasErrors(faults) ? undefined : run, problems: faults };
}

function describe({ model: name, environment, ...request }: AskedRun, workspace: Workspace): ManualRun {
  const { model, training } = findTrained(name, workspace);
  const first = model.deployments[0]?.environment.name;
  const where = environment ?? first;
  if (where === undefined) throw new Error(`model ${name} is in no environment`);
  return describeManualRun(workspace.platform, model, training, { ...request, environment: where });
}

function findTrained(name: string, { models }: Workspace): { model: Model; training: Training } {
  const model = models.find((candidate) => candidate.name === name);
  if (model?.training === undefined) throw new Error(`model ${name} is not trained`);
  return { model, training: model.training };
}

/** In the place of the five characters that the API server appends. */
const anyEnding = '00000';

function judge(run: ManualRun, pipeline: Manifest, toolings: readonly Manifest[]): readonly Problem[] {
  const { generateName, ...metadata } = run.metadata;
  const created = { ...run, metadata: { ...metadata, name: `${generateName}${anyEnding}` } };
  return validateCreated(indexCluster(toolings), pipeline, [created]);
}

function pipelineOf(model: string, toolings: readonly Manifest[]): Manifest {
  const name = pipelineName(model);
  const found = indexCluster(toolings)
    .ofKind(kinds.pipeline)
    .find(({ object }) => object.metadata.name === name);
  if (found === undefined) throw new Error(`model ${model} has no Pipeline`);
  return found;
}

const commitPattern = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** An annotation may be long, but all of an object's share 256 KiB, and nobody reads a novel in one. */
const reasonLimit = 2000;

function checkRequest(
  { model, environment, commit, reason, by }: AskedRun,
  workspace: Workspace,
): readonly Problem[] {
  const environments = environment === undefined ? {} : { environments: [environment] };
  const untrained = workspace.models.some(({ name, training }) => name === model && training === undefined);
  return [
    ...checkSelection({ models: [model], ...environments }, workspace),
    ...(untrained
      ? [
          invalid(
            `\`${model}\` has no \`training\`, so there is no Pipeline that could run.`,
            'Describe how it is trained in its file.',
          ),
        ]
      : []),
    ...(commit === undefined || commitPattern.test(commit)
      ? []
      : [
          invalid(
            `\`--commit ${clip(commit)}\` is no commit.`,
            'Give all of its 40 or 64 hexadecimal digits, as `git rev-parse` prints them.',
          ),
        ]),
    ...Object.entries({ '--reason': reason, '--by': by }).flatMap(([option, text]) =>
      text === undefined || text.length <= reasonLimit
        ? []
        : [
            invalid(
              `\`${option}\` has ${text.length} characters.`,
              `Keep to ${reasonLimit}: link to what is longer.`,
            ),
          ],
    ),
  ];
}

function invalid(message: string, hint: string): Problem {
  return { code: 'CLI_VALUE_INVALID', severity: 'error', message, hint };
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
