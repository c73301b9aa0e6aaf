import type { Checked } from '../../../problems/problem.js';
import { hasErrors } from '../../../problems/problem.js';
import type { Workspace } from '../../model.js';
import { ProblemCollector } from '../../problem-collector.js';
import { suggest } from '../../suggest.js';
import { asSource } from '../model-source.js';
import { resolveFiles } from '../resolve-files.js';
import { checkApps } from './check-apps.js';
import { checkFlags } from './check-flags.js';
import { readCourseTree } from './course-tree.js';
import { gatherFacts } from './facts.js';
import { readOverlay } from './overlay.js';
import { readApps } from './read-apps.js';
import { restate } from './restate.js';
import type { TranslatedFile, Translation } from './translated-file.js';
import { translateModels } from './translate-model.js';
import type { CourseInput } from './translate-platform.js';
import { findEnvironments, translatePlatform } from './translate-platform.js';
import type { NativeFile } from './write-native.js';
import { writeNative } from './write-native.js';

/** Loads the GitOps tree of the course: what it says is translated to the native input, and goes its way. */
export function loadCourse(directory: string): Checked<Workspace> {
  const { value, problems } = resolveCourse(directory);
  return { value: value?.workspace, problems };
}

/** The native files that a tree stands for, when nothing is wrong with it. */
export function convertCourse(directory: string): Checked<readonly NativeFile[]> {
  const { value, problems } = resolveCourse(directory);
  return { value: value && writeNative(value.translation, problems), problems };
}

interface ResolvedCourse {
  readonly workspace: Workspace;
  readonly translation: Translation;
}

function resolveCourse(directory: string): Checked<ResolvedCourse> {
  const { value: translation, problems } = translateCourse(directory);
  if (translation === undefined) return { value: undefined, problems };
  const { platform, models } = translation;
  const found = new ProblemCollector();
  const workspace = resolveFiles(platform, models.map(asSource), found);
  const all = [...problems, ...restate(found.problems, [platform, ...models])];
  const whole = workspace === undefined || hasErrors(all) ? undefined : { workspace, translation };
  return { value: whole, problems: all };
}

/** The tree as native input; every value of it remembers where it stands in the tree. */
function translateCourse(directory: string): Checked<Translation> {
  const problems = new ProblemCollector();
  const tree = readCourseTree(directory, problems);
  const apps = readApps(tree, problems);
  checkApps(apps, problems);
  const overlay = readOverlay(directory, problems);
  const facts = hasErrors(problems.problems) ? undefined : gatherFacts(apps, tree, problems);
  if (facts === undefined) return { value: undefined, problems: problems.problems };
  const environments = findEnvironments(apps, tree, facts, problems);
  const input = { tree, apps, facts, environments, overlay, problems };
  checkFlags(input);
  const models = translateModels(input);
  checkOverlay(models, input);
  const translation = { platform: translatePlatform(input), models };
  return {
    value: hasErrors(problems.problems) ? undefined : translation,
    problems: problems.problems,
  };
}

/** `course.yaml` adds to what the tree says, so it cannot speak of models that the tree does not have. */
function checkOverlay(models: readonly TranslatedFile[], { overlay, facts, problems }: CourseInput): void {
  const known = models.map(({ data }) => String(data.model));
  for (const name of Object.keys(overlay?.data.models ?? {})) {
    if (overlay === undefined || known.includes(name)) continue;
    const place = { file: overlay.file, path: ['models', name], key: true };
    problems.error('CONFIG_KEY_UNKNOWN', place, {
      message: `No app of the tree deploys or watches a model \`${name}\`.`,
      hint: suggest(name, known).hint,
    });
  }
  if (models.length > 0) return;
  problems.warn('CONFIG_NO_MODELS', facts.user.place, {
    message: 'No app of the tree deploys or watches a model yet.',
    hint: 'Write the `config.yaml` of one, with `chart_path: charts/model-deployment/simple`.',
  });
}
