import { isAbsolute, join, relative } from 'node:path';
import { readForDisplay } from '../config/load/read-text.js';
import type { Checked, Problem } from '../problems/problem.js';
import { reportForGitHub } from './reporters/github.js';
import { reportAsJson } from './reporters/json.js';
import type { ReportContext, Reporter } from './reporters/reporter.js';
import { reportAsSarif } from './reporters/sarif.js';
import { reportAsText } from './reporters/text.js';
import type { Session } from './session.js';

export const reporters = {
  text: reportAsText,
  json: reportAsJson,
  sarif: reportAsSarif,
  github: reportForGitHub,
} as const satisfies Record<string, Reporter>;

/** Prints problems for people, on standard error. */
export function logProblems(session: Session, directory: string, problems: readonly Problem[]): void {
  const text = reportAsText(problems, reportContext(session, directory));
  if (text !== '') session.terminal.log(text.trimEnd());
}

/**
 * Prints the problems and hands out the result. Whoever reads results as JSON gets JSON, too, where problems are all
 * there is.
 */
export function takeResult<T>(
  session: Session,
  directory: string,
  { value, problems }: Checked<T>,
): T | undefined {
  if (value === undefined && session.readByProgram) {
    session.terminal.write(reportAsJson(problems, reportContext(session, directory)));
  } else logProblems(session, directory, problems);
  return value;
}

/** @param directory workspace, as typed */
export function reportContext(session: Session, directory: string): ReportContext {
  const { terminal } = session;
  const root = session.resolve(directory);
  const texts = new Map<string, string | undefined>();
  return {
    locate: (file) => shortenPath(isAbsolute(file) ? file : join(root, file), terminal.cwd),
    read: (file) => {
      // The frame is a help, not the message: a file that vanished since is shown without one.
      if (!texts.has(file)) texts.set(file, readForDisplay(isAbsolute(file) ? file : join(root, file)));
      return texts.get(file);
    },
    paint: (style, text) => terminal.paint(style, text),
  };
}

/** As one would type it: relative, unless that leads out of the current directory. */
function shortenPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || /^\.\.(?:[\\/]|$)/.test(short) ? path : short;
}
