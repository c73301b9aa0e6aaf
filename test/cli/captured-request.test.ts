import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHeaders, readCapturedRequest, readToken } from '../../cli/captured-request.js';

describe('headers of a captured request', () => {
  it('are lines of name and value, whatever the line ends', () => {
    expect(parseHeaders('Content-Type: application/json\r\nAuthorization:  Bearer a:b \r\n')).toEqual({
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer a:b' },
    });
  });

  it('may stand below a request line, and end at an empty line', () => {
    expect(parseHeaders('POST / HTTP/1.1\nHost: el\n\n{"no": "header"}')).toEqual({
      headers: { Host: 'el' },
    });
  });

  it('that come twice are joined, as HTTP has it', () => {
    expect(parseHeaders('Via: a\nVia: b')).toEqual({ headers: { Via: 'a, b' } });
  });

  it.each([
    ['no colon', 1],
    ['A: b\nPOST / HTTP/1.1', 2],
    ['A: b\n C: d', 2],
    ['{"a": 1}', 1],
    [': empty', 1],
  ])('are refused with the number of the line: %j', (text, line) => {
    expect(parseHeaders(text)).toEqual({ line });
  });

  it('may be empty', () => {
    expect(parseHeaders('')).toEqual({ headers: {} });
  });
});

describe('reading a captured request', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftloop-captured-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): { name: string; path: string } {
    writeFileSync(join(folder, name), text);
    return { name, path: join(folder, name) };
  }

  it('gives body and headers as they are', () => {
    const request = readCapturedRequest(write('p.json', '{"a": 1}\n'), write('h', 'A: b\n'));
    expect(request).toEqual({ value: { body: '{"a": 1}\n', headers: { A: 'b' } }, problems: [] });
  });

  it('reports every file that cannot be read', () => {
    const gone = (name: string) => ({ name, path: join(folder, name) });
    const { value, problems } = readCapturedRequest(gone('p.json'), gone('h'));
    expect(value).toBeUndefined();
    expect(problems.map(({ message }) => message.split(':')[0])).toEqual([
      'p.json cannot be read',
      'h cannot be read',
    ]);
  });

  it('names the file and the line of a broken header', () => {
    const { problems } = readCapturedRequest(write('p.json', '{}'), write('h', 'A: b\nbroken\n'));
    expect(problems).toMatchObject([{ code: 'CLI_FILE_UNREADABLE' }]);
    expect(problems[0]?.message).toContain('Line 2 of h');
  });

  it('takes a line break off a token, and nothing else', () => {
    expect(readToken(write('t', ' a \n')).value).toBe(' a ');
  });
});
