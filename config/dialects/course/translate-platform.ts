import type { Place, ProblemCollector } from '../../problem-collector.js';
import { platformFile } from '../../resolve/resolve-platform.js';
import { alerting, bootstrap, grafana, pipelines, trustyai } from './course-charts.js';
import type { CourseTree } from './course-tree.js';
import { contradict } from './facts.js';
import type { Facts } from './facts.js';
import { courseDefaults } from './course-defaults.js';
import { namedModels } from './model-names.js';
import type { Overlay } from './overlay.js';
import { leavesOf } from './overlay.js';
import type { CourseApps } from './read-apps.js';
import { appsOf } from './read-apps.js';
import { putAccess } from './translate-access.js';
import { putCharts } from './translate-charts.js';
import { TranslatedFile } from './translated-file.js';

/** What the translation is made of. */
export interface CourseInput {
  readonly tree: CourseTree;
  readonly apps: CourseApps;
  readonly facts: Facts;
  readonly environments: readonly CourseEnvironment[];
  readonly overlay: Overlay | undefined;
  readonly problems: ProblemCollector;
}

/** One folder of `model-deployments`. */
export interface CourseEnvironment {
  readonly name: string;
  readonly namespace: string;
  /** What the namespace comes from. */
  readonly place: Place;
}

/** What the course's tree says of the platform. */
export function translatePlatform(input: CourseInput): TranslatedFile {
  const { facts, environments, overlay } = input;
  const platform = new TranslatedFile(platformFile);
  const { value: user, place } = facts.user;
  platform.put(['platform'], user, place);
  platform.assume(['profile'], courseDefaults.profile, place);
  putRepositories(platform, facts);
  platform.put(['namespaces', 'toolings'], `${user}-toolings`, place);
  for (const environment of environments)
    platform.put(['environments', environment.name, 'namespace'], environment.namespace, environment.place);
  putMonitor(platform, input);
  putForge(platform, input);
  putDashboards(platform, input);
  platform.assume(['images', 'steps'], courseDefaults.stepsImage(user), place);
  putCharts(platform, input);
  putAccess(platform, input);
  for (const path of leavesOf(overlay?.data.platform))
    if (overlay !== undefined) platform.carry(path, { file: overlay.file, path: ['platform', ...path] });
  return platform;
}

/** One service in every environment, so that the same alert means the same in all of them. */
function putMonitor(platform: TranslatedFile, { apps, environments, problems }: CourseInput): void {
  const services = appsOf(apps, trustyai);
  const [first] = [...services, ...appsOf(apps, alerting)];
  if (first === undefined) return;
  const chart = first.at('chart_path');
  const base = ['monitors', courseDefaults.monitor];
  platform.assume([...base, 'dialect'], courseDefaults.dialect, chart);
  if (services.length === 0) return;
  platform.put([...base, 'service'], {}, chart);
  for (const { name } of environments) {
    if (services.some(({ app }) => app.environment === name)) continue;
    problems.warn('COURSE_ASSUMED', chart, {
      message: `TrustyAI runs in every environment, also in \`${name}\`, which has no app for it.`,
      hint: `Write \`model-deployments/${name}/trustyai/config.yaml\`, so that the tree says what runs.`,
    });
  }
}

/** For the Grafana operator, which the course's chart needs, too. */
function putDashboards(platform: TranslatedFile, { apps, problems }: CourseInput): void {
  const [app] = appsOf(apps, grafana);
  if (app === undefined) return;
  platform.assume(['dashboards', 'delivery'], 'operator', app.at('chart_path'));
  if (app.values.include_trusty !== false) return;
  problems.warn(
    'COURSE_KEY_WITHOUT_EFFECT',
    { ...app.at('include_trusty'), key: true },
    {
      message: '`include_trusty` is not asked: the dashboard of a model shows all of its detectors.',
      hint: 'Remove the key.',
    },
  );
}

/** Where a push comes from, and what it must be signed with. */
function putForge(platform: TranslatedFile, { apps, facts, problems, overlay }: CourseInput): void {
  const [pipeline] = appsOf(apps, pipelines);
  const { name, source, secret } = courseDefaults.forge;
  if (pipeline === undefined || facts.gitServer === undefined || namedModels(apps).size === 0) return;
  const place = pipeline.at('chart_path');
  for (const [key, value] of Object.entries({ ...source, secret }))
    platform.assume(['events', name, key], value, place);
  if (overlay?.data.platform?.events?.[name] !== undefined) return;
  problems.warn('COURSE_ASSUMED', place, {
    message: `The course believes every push; here Gitea must sign it with \`${secret.key}\` of the Secret \`${secret.name}\`.`,
    hint: `Create it in \`${facts.user.value}-toolings\`, and put the same secret into the webhook of the model's repository.`,
  });
}

/** The tree lies in `mlops-gitops`; what is rendered goes to a branch of its own there. */
function putRepositories(platform: TranslatedFile, { user, gitServer }: Facts): void {
  if (gitServer === undefined) return;
  const { value: server, place } = gitServer;
  const url = courseDefaults.treeRepository(server, user.value);
  platform.put(['repository', 'url'], url, place);
  platform.assume(['repository', 'branch'], courseDefaults.targetBranch, place);
  platform.put(['source', 'url'], url, place);
  platform.assume(['gitCredentials'], courseDefaults.gitSecret, place);
}

/** In the order of the bootstrap's namespaces, which is that of the chapters; production last. */
export function findEnvironments(
  apps: CourseApps,
  tree: CourseTree,
  { user }: Facts,
  problems: ProblemCollector,
): readonly CourseEnvironment[] {
  const listed = appsOf(apps, bootstrap).flatMap(({ values, at }) =>
    (values.namespaces ?? []).flatMap(({ name: namespace }, index): readonly CourseEnvironment[] => {
      const place = at('namespaces', index, 'name');
      const name = tree.environments.find((each) => namespace.endsWith(`-${each}`));
      if (name !== undefined) return [{ name, namespace, place }];
      const message = `Nothing is deployed to \`${namespace}\`: no folder of \`model-deployments\` belongs to it.`;
      const hint = `Namespaces are called \`${user.value}-<environment>\`, after the folders of \`model-deployments\`.`;
      if (namespace !== `${user.value}-toolings`)
        problems.warn('COURSE_KEY_WITHOUT_EFFECT', place, { message, hint });
      return [];
    }),
  );
  for (const { name, namespace, place } of listed)
    if (namespace !== `${user.value}-${name}`) contradict({ value: namespace, place }, user, problems);
  const others = tree.environments
    .filter((name) => listed.every((each) => each.name !== name))
    .sort((left, right) => Number(left === 'prod') - Number(right === 'prod'))
    .map((name) => ({ name, namespace: `${user.value}-${name}`, place: user.place }));
  return [...listed, ...others];
}
