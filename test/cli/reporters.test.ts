import { reportForGitHub } from '../../cli/reporters/github.js';
import { reportAsJson } from '../../cli/reporters/json.js';
import type { ReportContext } from '../../cli/reporters/reporter.js';
import { reportAsSarif } from '../../cli/reporters/sarif.js';
import { reportAsText } from '../../cli/reporters/text.js';
import type { Problem } from '../../problems/problem.js';

const context: ReportContext = {
  locate: (file) => `work/${file}`,
  read: (file) => (file === 'driftloop.yaml' ? 'platform: mlops\nprofil: kubernetes\n' : undefined),
  paint: (_style, text) => text,
};

const located: Problem = {
  code: 'CLI_UNKNOWN_NAME',
  severity: 'error',
  message: 'Unknown key `profil`.',
  hint: 'Did you mean `profile`?',
  position: { file: 'driftloop.yaml', line: 2, column: 1 },
  path: 'profil',
};
const rendered: Problem = {
  code: 'SYNTH_FOREIGN_FILES',
  severity: 'warning',
  message: '100% of it,\nreally: odd',
  object: 'toolings Role ns/a',
};

describe('the text reporter', () => {
  it('shows place, code frame and hint, and counts', () => {
    expect(reportAsText([located, rendered], context)).toBe(
      [
        'work/driftloop.yaml:2:1: error CLI_UNKNOWN_NAME Unknown key `profil`.',
        '  at profil',
        '  1 | platform: mlops',
        '  2 | profil: kubernetes',
        '    | ^',
        '  hint: Did you mean `profile`?',
        '',
        'toolings Role ns/a: warning SYNTH_FOREIGN_FILES 100% of it,\nreally: odd',
        '',
        '1 error, 1 warning',
        '',
      ].join('\n'),
    );
  });

  it('never passes control characters of the input on to the terminal', () => {
    const hostile: Problem = { ...located, message: 'a\u001b[2Jb', hint: '\u0007', path: '\u009b' };
    expect(reportAsText([hostile], context)).not.toMatch(/[\u001b\u0007\u009b]/);
  });

  it('shows a problem of a file that vanished without a frame', () => {
    const gone = { ...located, position: { file: 'gone.yaml', line: 1, column: 1 } };
    expect(reportAsText([gone], context)).toContain('work/gone.yaml:1:1: error');
  });

  it('never shows a line that another problem found to be a secret', () => {
    const secret: Problem = {
      code: 'CONFIG_SECRET_INLINE',
      severity: 'error',
      message: 'A secret.',
      position: { file: 'driftloop.yaml', line: 1, column: 11 },
    };
    expect(reportAsText([secret, located], context)).not.toContain('mlops');
  });

  it('says nothing when there is nothing to say', () => {
    expect(reportAsText([], context)).toBe('');
  });
});

describe('the JSON reporter', () => {
  it('gives every field, and counts', () => {
    const report: unknown = JSON.parse(reportAsJson([located, rendered], context));
    const position = { file: 'work/driftloop.yaml', line: 2, column: 1 };
    expect(report).toEqual({ problems: [{ ...located, position }, rendered], errors: 1, warnings: 1 });
  });
});

describe('the GitHub reporter', () => {
  it('writes one workflow command per problem, with everything escaped', () => {
    expect(reportForGitHub([located, rendered], context)).toBe(
      '::error file=work/driftloop.yaml,line=2,col=1,title=CLI_UNKNOWN_NAME::Unknown key `profil`.%0ADid you mean `profile`?\n' +
        '::warning title=SYNTH_FOREIGN_FILES::toolings Role ns/a: 100%25 of it,%0Areally: odd\n',
    );
  });

  it('never lets a file name add properties', () => {
    const odd = { ...located, position: { file: 'a,line=9:b.yaml', line: 1, column: 1 } };
    expect(reportForGitHub([odd], context)).toContain('file=work/a%2Cline=9%3Ab.yaml,line=1');
  });
});

describe('the SARIF reporter', () => {
  it('explains each code once and places each result', () => {
    const log = JSON.parse(reportAsSarif([located, located, rendered], context)) as SarifLog;
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['CLI_UNKNOWN_NAME', 'SYNTH_FOREIGN_FILES']);
    expect(run?.results.map(({ level }) => level)).toEqual(['error', 'error', 'warning']);
    expect(run?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'work/driftloop.yaml' },
          region: { startLine: 2, startColumn: 1 },
        },
      },
    ]);
  });
});

describe('the SARIF of what has no place in a file', () => {
  it('points to the head of the workspace, because code scanning refuses results without a file', () => {
    const log = JSON.parse(reportAsSarif([rendered], context)) as SarifLog;
    expect(log.runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'work/driftloop.yaml' },
          region: { startLine: 1, startColumn: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: 'toolings Role ns/a' }],
      },
    ]);
  });

  it('gives files outside of the current directory as URIs', () => {
    const away = { ...context, locate: (file: string) => `/srv/my work/${file}` };
    const log = JSON.parse(reportAsSarif([located], away)) as SarifLog;
    expect(JSON.stringify(log)).toContain('"uri":"file:///srv/my%20work/driftloop.yaml"');
  });
});

interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly level: string; readonly locations: readonly unknown[] }[];
  }[];
}
