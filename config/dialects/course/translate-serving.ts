import type { KeyPath } from '../../load/key-path.js';
import { feastModel, modelCharts, simpleModel, transformerModel } from './course-charts.js';
import { courseServing } from './course-serving.js';
import { appsOf } from './read-apps.js';
import type { AppOf } from './read-apps.js';
import type { TranslatedFile } from './translated-file.js';
import type { CourseEnvironment, CourseInput } from './translate-platform.js';
import { putScaling } from './translate-scaling.js';

export type ModelApp = AppOf<(typeof modelCharts)[number]['schema']>;

/** How a model is served in an environment: the version that its app names, until a release is recorded. */
export function putServing(
  file: TranslatedFile,
  name: string,
  environment: CourseEnvironment,
  input: CourseInput,
): void {
  const base = ['environments', environment.name, 'serving'];
  for (const chart of modelCharts) {
    const app = appsOf(input.apps, chart).find(
      (each) => each.app.environment === environment.name && each.values.name === name,
    );
    if (app === undefined) continue;
    putVersion(file, base, app);
    file.assume([...base, 'resources'], courseServing.resources, app.at('chart_path'));
    const server = chart === simpleModel ? courseServing.server : courseServing.serverBehindTransformer;
    for (const [key, value] of Object.entries(server))
      file.assume([...base, 'server', key], value, app.at('chart_path'));
    putExposure(file, base, app, environment, input);
    putScaling(file, base, app, chart.path, input);
  }
  for (const app of appsOf(input.apps, transformerModel))
    if (isMeant(app, name, environment)) putTransformer(file, base, app, courseServing.transformer(name));
  for (const app of appsOf(input.apps, feastModel)) {
    if (!isMeant(app, name, environment)) continue;
    const { feast_server_url: server, feature_service: service, entity_id_name: entity } = app.values;
    putTransformer(file, base, app, courseServing.feastTransformer(name, { server, service, entity }));
    // The feature store asks who calls.
    file.assume([...base, 'serviceAccount', 'token'], true, app.at('chart_path'));
  }
}

function isMeant({ app, values }: ModelApp, name: string, environment: CourseEnvironment): boolean {
  return app.environment === environment.name && values.name === name;
}

function putVersion(file: TranslatedFile, base: KeyPath, app: ModelApp): void {
  const { name, version, image_repository: registry, image_namespace: folder } = app.values;
  const said = app.at('version');
  // Without a version the chart takes the newest; then the chart is what asked for it.
  const place = app.app.file.has(said.path) ? said : app.at('chart_path');
  file.put([...base, 'kind'], 'inferenceservice', app.at('chart_path'));
  file.put([...base, 'format'], 'onnx', app.at('chart_path'));
  file.put([...base, 'initial', 'version'], version, place);
  file.put([...base, 'initial', 'image'], `oci://${registry}/${folder}/${name}:${version}`, place);
}

function putTransformer(
  file: TranslatedFile,
  base: KeyPath,
  app: ModelApp,
  transformer: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(transformer))
    file.assume([...base, 'transformer', key], value, app.at('chart_path'));
}

/** The course lets everybody in; here that ends where it counts, in the last environment. */
function putExposure(
  file: TranslatedFile,
  base: KeyPath,
  app: ModelApp,
  { name }: CourseEnvironment,
  { environments, overlay, problems }: CourseInput,
): void {
  const chart = app.at('chart_path');
  file.assume([...base, 'exposed'], true, chart);
  // Plain Kubernetes has nothing that would check a token.
  if ((overlay?.data.platform?.profile ?? 'openshift') !== 'openshift') return;
  const last = environments.at(-1)?.name === name;
  file.assume([...base, 'authentication'], last, chart);
  const { name: model } = app.values;
  const own = overlay?.data.models?.[model];
  const said = own?.environments?.[name]?.serving?.authentication ?? own?.serving?.authentication;
  if (!last || said !== undefined) return;
  problems.warn('COURSE_ASSUMED', chart, {
    message: `Callers of \`${model}\` in \`${name}\` must show a token, which the course's chart does not ask for.`,
    hint: `Give them one, or write \`models: { ${model}: { serving: { authentication: false } } }\` into \`course.yaml\`.`,
  });
}
