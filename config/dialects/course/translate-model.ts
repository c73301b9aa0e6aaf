import type { KeyPath } from '../../load/key-path.js';
import type { Place } from '../../problem-collector.js';
import { modelFolder } from '../resolve-files.js';
import { alerting, pipelines, trustyai } from './course-charts.js';
import { courseDefaults } from './course-defaults.js';
import { namedModels } from './model-names.js';
import { leavesOf } from './overlay.js';
import type { AppOf } from './read-apps.js';
import { appsOf } from './read-apps.js';
import { TranslatedFile } from './translated-file.js';
import type { CourseEnvironment, CourseInput } from './translate-platform.js';
import { putServing } from './translate-serving.js';
import { putPipeline } from './translate-training.js';

/** Every model that an app of the tree deploys or watches, sorted by name. */
export function translateModels(input: CourseInput): readonly TranslatedFile[] {
  return [...namedModels(input.apps)].map(([name, app]) => translateModel(name, app.at('name'), input));
}

function translateModel(name: string, place: Place, input: CourseInput): TranslatedFile {
  const file = new TranslatedFile(`${modelFolder}/${name}.yaml`);
  file.put(['model'], name, place);
  putSource(file, name, place, input);
  putPipeline(file, name, input);
  for (const environment of input.environments) {
    putDrift(file, name, environment, input);
    putServing(file, name, environment, input);
  }
  carryOverlay(file, name, input);
  return file;
}

function putSource(
  file: TranslatedFile,
  name: string,
  place: Place,
  { facts, overlay, problems }: CourseInput,
): void {
  const { gitServer, user } = facts;
  if (gitServer !== undefined) {
    const repository = courseDefaults.modelRepository(gitServer.value, user.value, name);
    file.put(['source', 'repo'], repository, place);
  } else if (overlay?.data.models?.[name]?.source?.repo === undefined) {
    problems.error('CONFIG_KEY_MISSING', place, {
      message: `Nothing in the tree names the Git server, so the code of \`${name}\` cannot be found.`,
      hint: 'Write `git_server` into the `config.yaml` of `charts/pipelines`.',
    });
  }
}

function putDrift(
  file: TranslatedFile,
  name: string,
  environment: CourseEnvironment,
  input: CourseInput,
): void {
  const { apps, problems } = input;
  const app = appsOf(apps, alerting).find(
    (each) => each.app.environment === environment.name && each.values.name === name,
  );
  if (app === undefined) return;
  const base = ['environments', environment.name, 'drift'];
  const { metric, features, threshold, for: time } = courseDefaults.drift;
  const chart = app.at('chart_path');
  file.put([...base, 'monitor'], courseDefaults.monitor, chart);
  file.assume([...base, 'for'], time, chart);
  file.assume([...base, 'detectors'], [{ metric, features: [...features], threshold }], chart);
  const asked = app.values.alert_manager === true;
  file.put([...base, 'onDrift'], actionsOf(app, input), asked ? app.at('alert_manager') : chart);
  if (appsOf(apps, trustyai).length > 0) return;
  problems.warn('COURSE_CONTRADICTION', chart, {
    message: `The alert waits for metrics of TrustyAI, but no app of \`model-deployments\` has \`chart_path: charts/trustyai\`.`,
    hint: `Add \`model-deployments/${environment.name}/trustyai/config.yaml\`.`,
  });
}

/** The webhook to the pipeline needs both sides; without it an alert is only seen, or told to the receivers. */
function actionsOf(
  app: AppOf<typeof alerting.schema>,
  { apps, overlay, problems }: CourseInput,
): readonly string[] {
  const [pipeline] = appsOf(apps, pipelines);
  const asked = app.values.alert_manager === true;
  const taken = pipeline?.values.alert_trigger === true;
  if (asked && !taken) {
    problems.warn('COURSE_CONTRADICTION', app.at('alert_manager'), {
      message:
        '`alert_manager` sends the alert to the pipeline, which does not listen: `alert_trigger` is not true.',
      hint: 'Write `alert_trigger: true` into the `config.yaml` of `charts/pipelines`.',
    });
  }
  const notify = overlay?.data.platform?.receivers !== undefined || !(asked && taken);
  return [...(notify ? ['notify'] : []), ...(asked && taken ? ['retrain'] : [])];
}

/** Sections that the tree says for each environment. */
const sectionsByEnvironment = ['drift', 'serving'];

/** What `course.yaml` says is stronger, so it must stand where the tree's own value stands. */
function carryOverlay(file: TranslatedFile, name: string, { overlay, environments }: CourseInput): void {
  if (overlay === undefined) return;
  const leaves = leavesOf(overlay.data.models?.[name]);
  const isSingle = ([section]: KeyPath) => section === 'environments';
  // What it says of a single environment is stronger still.
  for (const path of [...leaves.filter((leaf) => !isSingle(leaf)), ...leaves.filter(isSingle)]) {
    const place = { file: overlay.file, path: ['models', name, ...path] };
    const holders = environments
      .map((environment) => ['environments', environment.name, String(path[0])])
      .filter((section) => sectionsByEnvironment.includes(String(path[0])) && file.has(section));
    if (holders.length === 0) file.carry(path, place);
    for (const section of holders) file.carry([...section, ...path.slice(1)], place);
  }
}
