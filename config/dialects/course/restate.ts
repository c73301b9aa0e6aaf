import type { Position, Problem } from '../../../problems/problem.js';
import { formatKeyPath } from '../../load/key-path.js';
import { platformFile } from '../../resolve/resolve-platform.js';
import { overlayFile } from './overlay.js';
import type { TranslatedFile } from './translated-file.js';

/** Puts problems of the native input, which stand at the right place already, into the words of the user's own files. */
export function restate(problems: readonly Problem[], files: readonly TranslatedFile[]): readonly Problem[] {
  const written = indexPaths(files);
  return problems.map((problem) => {
    const own = problem.position && written.get(keyOf(problem.position));
    const say = (text: string) => {
      const named = text.replaceAll(`\`${platformFile}\``, `\`${overlayFile}\``);
      return own === undefined ? named : named.replaceAll(`\`${problem.path ?? ''}\``, `\`${own}\``);
    };
    const { message, hint } = problem;
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
