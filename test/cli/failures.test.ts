import { reportFailure } from '../../cli/failures.js';
import { Session } from '../../cli/session.js';
import type { ExitStatus } from '../../cli/exit-status.js';
import { OutsideError } from '../../gitops/outside-error.js';

interface Report {
  readonly status: ExitStatus;
  readonly log: string;
  readonly output: string;
}

function report(error: unknown, environment: NodeJS.ProcessEnv = {}, readByProgram = false): Report {
  let log = '';
  let output = '';
  const session = new Session({
    environment,
    cwd: '/',
    write: (text) => {
      output += text;
    },
    log: (text) => {
      log += `${text}\n`;
    },
    paint: (_style, text) => text,
    ask: undefined,
  });
  session.readByProgram = readByProgram;
  const status = reportFailure(error, session);
  return { status, log, output };
}

describe('a failure', () => {
  it('from outside is told with what to do, and status 3', () => {
    expect(report(new OutsideError('git push was refused', { hint: 'Ask for rights.' }))).toEqual({
      output: '',
      status: 3,
      log: 'error git push was refused\n  hint: Ask for rights.\n',
    });
  });

  it('of the disk is a failure from outside', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(report(full)).toEqual({
      output: '',
      status: 3,
      log: 'error The operating system refused: the disk is full (write)\n  hint: Make room, or choose another path.\n',
    });
  });

  it('of the file system names the path', () => {
    const refused = Object.assign(new Error('EACCES'), {
      code: 'EACCES',
      syscall: 'mkdir',
      path: '/srv/dist',
    });
    expect(report(refused).log).toMatch(/^error \/srv\/dist: permission denied \(mkdir\)\n {2}hint: /);
  });

  it('is JSON, too, where a program reads the result', () => {
    const { output, status } = report(
      new OutsideError('git push was refused', { hint: 'Ask for rights.' }),
      {},
      true,
    );
    expect(JSON.parse(output)).toEqual({
      failure: { status, message: 'git push was refused', hint: 'Ask for rights.' },
    });
  });

  it('of driftloop itself says so, asks for a report, and shows the stack only to those who want it', () => {
    const fault = new Error('two charts called alerts');
    const { status, log } = report(fault);
    expect(status).toBe(70);
    expect(log).toContain('fault of driftloop, not of your input: two charts called alerts');
    expect(log).toContain('DRIFTLOOP_DEBUG=1');
    expect(log).not.toContain('at ');
    expect(report(fault, { DRIFTLOOP_DEBUG: '1' }).log).toContain('failures.test.ts');
  });

  it('that is an interruption is none', () => {
    expect(report(new DOMException('This operation was aborted', 'AbortError'))).toEqual({
      output: '',
      status: 130,
      log: 'interrupted\n',
    });
  });

  it('that is no error at all is still told', () => {
    expect(report('odd')).toMatchObject({ status: 70 });
  });
});
