import { formatKeyPath, valueAt } from '../../load/key-path.js';
import type { Place, ProblemCollector } from '../../problem-collector.js';
import type { FactName } from './course-charts.js';
import { bootstrap, courseCharts } from './course-charts.js';
import type { CourseTree } from './course-tree.js';
import type { CourseApps } from './read-apps.js';
import { appsOf } from './read-apps.js';

/** Something that is the same for the whole tree, and where it is said first. */
export interface Fact {
  readonly value: string;
  readonly place: Place;
}

export interface Facts {
  /** Whose tree it is; prefix of every namespace. */
  readonly user: Fact;
  /** Host of the Git server; undefined: nothing says it. */
  readonly gitServer: Fact | undefined;
}

/**
 * What many files of the tree say again and again, `user` also as `USER_NAME` and `name`. Whoever says something else
 * than the first is warned.
 * @returns undefined: nothing says whose tree it is
 */
export function gatherFacts(
  apps: CourseApps,
  tree: CourseTree,
  problems: ProblemCollector,
): Facts | undefined {
  const user = agree('user', apps, problems) ?? guessUser(apps, tree);
  const cluster = agree('domain', apps, problems);
  const gitServer = agree('gitServer', apps, problems);
  if (user === undefined) {
    reportNoUser(apps, tree, problems);
    return undefined;
  }
  // As the exercises call the server wherever they have no key for it.
  const usual = cluster && { value: `gitea-gitea.${cluster.value}`, place: cluster.place };
  return { user, gitServer: gitServer ?? usual };
}

function agree(name: FactName, apps: CourseApps, problems: ProblemCollector): Fact | undefined {
  const [first, ...others] = courseCharts.flatMap(({ path, facts }) =>
    apps.own
      .filter(({ chart }) => chart.path === path)
      .flatMap(({ app }): readonly Fact[] => {
        const key = facts[name];
        const value = key === undefined ? undefined : valueAt(app.file.data, [key]);
        return key === undefined || typeof value !== 'string'
          ? []
          : [{ value, place: { file: app.file, path: [key] } }];
      }),
  );
  if (first === undefined) return undefined;
  for (const { value, place } of others)
    if (value !== first.value) contradict({ value, place }, first, problems);
  return first;
}

/** Two places of the tree that cannot both be right. */
export function contradict(found: Fact, used: Fact, problems: ProblemCollector): void {
  const { file, line } = used.place.file.valuePosition(used.place.path);
  const said = `\`${formatKeyPath(used.place.path)}\` in ${file}:${line} says \`${used.value}\``;
  problems.warn('COURSE_CONTRADICTION', found.place, {
    message: `\`${formatKeyPath(found.place.path)}\` says \`${found.value}\`, but ${said}, which is used.`,
    hint: 'Write the same in both.',
  });
}

/** Namespaces are called `<user>-<environment>`. */
function guessUser(apps: CourseApps, { environments }: CourseTree): Fact | undefined {
  for (const { values, at } of appsOf(apps, bootstrap)) {
    for (const [index, { name }] of (values.namespaces ?? []).entries()) {
      const environment = environments.find((each) => name.endsWith(`-${each}`));
      if (environment === undefined) continue;
      return { value: name.slice(0, -environment.length - 1), place: at('namespaces', index, 'name') };
    }
  }
  return undefined;
}

function reportNoUser(apps: CourseApps, tree: CourseTree, problems: ProblemCollector): void {
  const [app] = [...apps.own.map((each) => each.app), ...tree.apps];
  const message = 'Nothing in the tree says whose it is.';
  const hint =
    'Write `USER_NAME: user1` into `toolings/ct-pipeline/config.yaml`, or list the `namespaces` of `charts/bootstrap`.';
  const position = app?.file.valuePosition([]) ?? { file: 'toolings', line: 1, column: 1 };
  problems.errorAt('CONFIG_KEY_MISSING', position, { message, hint });
}
