import type { Problem } from '../../problems/problem.js';
import type { Reporter } from './reporter.js';

const longestName = 63;

/** Names of pipeline tasks become labels and parts of Pod names. */
export function checkTaskName(name: string, report: Reporter): readonly Problem[] {
  if (name.length <= longestName && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return [];
  return [
    report('TEKTON_NAME', {
      path: 'name',
      message: `"${name}" is no name for a task: ${longestName} characters at most, a-z, 0-9 and -.`,
    }),
  ];
}

/** A name with `$(tt.params.…)` in it: what stands around them must leave room and be legal. */
export function checkTemplateName(name: string, report: Reporter): readonly Problem[] {
  const sample = name.replace(/\$\([^)]*\)/g, '0');
  if (sample.length <= longestName && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(sample)) return [];
  return [
    report('TEKTON_NAME', {
      path: 'metadata.name',
      message: `"${name}" cannot become a name: ${longestName} characters at most, a-z, 0-9, - and dots.`,
    }),
  ];
}

/** Two entries of one list with the same name. */
export function checkDuplicates(
  names: readonly string[],
  what: string,
  path: string,
  report: Reporter,
): readonly Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          report('TEKTON_DUPLICATE', {
            path: `${path}[${index}]`,
            message: `${what} "${name}" is there twice.`,
          }),
        ],
  );
}
