import type { ProblemCode } from '../../../problems/codes.js';
import type { Position, Problem } from '../../../problems/problem.js';
import { formatKeyPath } from '../../load/key-path.js';
import { platformFile } from '../../resolve/resolve-platform.js';
import { overlayFile } from './overlay.js';
import type { TranslatedFile } from './translated-file.js';

/** What to do in the tree, where the hint of the native input would speak of keys that the tree does not have. */
const hints: Readonly<Partial<Record<ProblemCode, string>>> = {
  CONFIG_CHART_UNPINNED: 'Write `target_revision` with a tag or a commit.',
  CONFIG_EXPOSED:
    'When its callers can show a token, write `authentication: true` for its `serving` into `course.yaml`.',
  CONFIG_MODEL_TAG: 'The first release names a digest, and is what counts from then on.',
  CONFIG_NO_RECEIVER: 'Name some below `platform` of `course.yaml`, or the alert is seen in Prometheus only.',
};

/** Puts problems of the native input, which stand at the right place already, into the words of the user's own files. */
export function restate(problems: readonly Problem[], files: readonly TranslatedFile[]): readonly Problem[] {
  const written = indexPaths(files);
  return problems.map((problem) => {
    const own = problem.position && written.get(keyOf(problem.position));
    const say = (text: string) => {
      const named = text.replaceAll(`\`${platformFile}\``, `\`${overlayFile}\``);
      return own === undefined ? named : named.replaceAll(`\`${problem.path ?? ''}\``, `\`${own}\``);
    };
    const { message, code, position } = problem;
    const hint = position?.file === overlayFile ? problem.hint : (hints[code] ?? problem.hint);
    return {
      ...problem,
      message: say(message),
      ...(hint === undefined ? {} : { hint: say(hint) }),
      ...(own === undefined ? {} : { path: own }),
    };
  });
}

/** The key path that stands at a position. */
function indexPaths(files: readonly TranslatedFile[]): ReadonlyMap<string, string> {
  return new Map(
    files
      .flatMap((file) => file.provenance)
      .flatMap(({ place: { file, path } }) => {
        const words = formatKeyPath(path);
        const positions = [file.valuePosition(path), file.keyPosition(path)];
        return words === '' ? [] : positions.map((position) => [keyOf(position), words] as const);
      }),
  );
}

function keyOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
