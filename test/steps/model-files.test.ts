import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listModelFiles } from '../../steps/model-files.js';
import { measureLayer, packLayer } from '../../steps/model-layer.js';

let workspace: string;
const at = (...names: string[]) => join(workspace, 'output/model', ...names);

beforeEach(() => {
  // Sockets have short paths.
  workspace = mkdtempSync(join(tmpdir(), 'dl-'));
  mkdirSync(at(), { recursive: true });
});

afterEach(() => {
  rmSync(workspace, { recursive: true });
});

async function read(layer: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of layer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a folder of a model', () => {
  test('is refused when it is empty, missing, or a link', async () => {
    mkdirSync(at('nothing/in/here'), { recursive: true });
    await expect(listModelFiles(workspace)).rejects.toThrow('Training left an empty folder of the model');
    rmSync(at(), { recursive: true });
    await expect(listModelFiles(workspace)).rejects.toThrow('Training left no folder model');
    mkdirSync(join(workspace, 'elsewhere'));
    symlinkSync('../elsewhere', at());
    await expect(listModelFiles(workspace)).rejects.toThrow('Training left no folder model');
    rmSync(at());
    writeFileSync(at(), 'a file');
    await expect(listModelFiles(workspace)).rejects.toThrow('Training left no folder model');
  });

  test.each([
    [
      'a link to a file outside',
      () => {
        symlinkSync('/etc/passwd', at('file'));
      },
      '"file" in the folder of the model is a link',
    ],
    [
      'a link to a folder above',
      () => {
        symlinkSync('../..', at('up'));
      },
      '"up" in the folder of the model is a link',
    ],
    [
      'a pipe',
      () => {
        execFileSync('mkfifo', [at('pipe')]);
      },
      '"pipe" in the folder of the model is neither a file nor a folder',
    ],
    [
      'a name with a line break',
      () => {
        writeFileSync(at('a\nb'), '');
      },
      '"a\\nb" in the folder of the model has a name that is not readable text',
    ],
    [
      'a name that is no UTF-8',
      () => {
        writeFileSync(Buffer.concat([Buffer.from(at('x')), Buffer.from([0xff])]), '');
      },
      'has a name that is not readable text',
    ],
    [
      'what deletes files of the base',
      () => {
        writeFileSync(at('.wh.model.onnx'), '');
      },
      '".wh.model.onnx" in the folder of the model would delete files',
    ],
    [
      'what hides a folder of the base',
      () => {
        mkdirSync(at('a'));
        writeFileSync(at('a/.wh..wh..opq'), '');
      },
      'would delete files',
    ],
  ])('with %s is refused', async (_, make, message) => {
    writeFileSync(at('model.onnx'), 'weights');
    make();
    await expect(listModelFiles(workspace)).rejects.toThrow(message);
  });

  test('with a socket is refused', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('s'), resolve));
    await expect(listModelFiles(workspace)).rejects.toThrow('"s" in the folder of the model is neither');
    await new Promise((resolve) => server.close(resolve));
  });

  test('may have odd names: they stay what they are', async () => {
    const names = ['..data', '--help', '$(params.x)', 'ä ö.bin', 'a"b\'c', '-rf *', 'x'.repeat(200), '`id`'];
    for (const name of names) writeFileSync(at(name), name);
    const tar = await read(packLayer(await listModelFiles(workspace)));
    const listed = execFileSync('tar', ['--list', '--quoting-style=literal'], {
      input: tar,
      encoding: 'utf8',
    });
    expect(listed.trim().split('\n').toSorted()).toEqual(
      ['models/', ...names.map((name) => `models/${name}`)].toSorted(),
    );
  });
});

describe('the layer of a model', () => {
  test('is what GNU tar reads, file for file, with paths that need more than a header', async () => {
    const deep = Array.from({ length: 40 }, (_, index) => `folder-${index}`).join('/');
    mkdirSync(at(deep), { recursive: true });
    writeFileSync(at(deep, 'weights.bin'), 'deep');
    writeFileSync(at('empty'), '');
    linkSync(at('empty'), at('twin'));
    const extracted = join(workspace, 'extracted');
    mkdirSync(extracted);
    execFileSync('tar', ['--extract', '--directory', extracted], {
      input: await read(packLayer(await listModelFiles(workspace))),
    });
    execFileSync('diff', ['--recursive', at(), join(extracted, 'models')]);
  });

  test('has the size and digest it is said to have, and names what is in each file', async () => {
    writeFileSync(at('b'), 'bb');
    writeFileSync(at('a'), '');
    const files: unknown[] = [];
    const model = await listModelFiles(workspace);
    const measured = await measureLayer(model, (file) => files.push(file));
    expect(measured).toEqual(await measureLayer(model));
    expect(measured.size).toBe((await read(packLayer(model))).length);
    expect(measured.digest).toBe('sha256:ba8d468c117b8a98accffe2c2c10c0ccad8eec42bad8432aea014f90b5957ce1');
    expect(files).toEqual([
      {
        path: 'a',
        size: 0,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        sha1: 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      },
      {
        path: 'b',
        size: 2,
        sha256: '3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf',
        sha1: '9a900f538965a426994e1e90600920aff0b4e8d2',
      },
    ]);
  });

  test('is refused when a file changes while it is read', async () => {
    writeFileSync(at('model.onnx'), 'weights');
    const model = await listModelFiles(workspace);
    truncateSync(at('model.onnx'), 3);
    await expect(measureLayer(model)).rejects.toThrow(
      '"model.onnx" in the folder of the model changed while it was read.',
    );
    rmSync(at('model.onnx'));
    await expect(measureLayer(model)).rejects.toThrow('changed while it was read');
    symlinkSync('/etc/passwd', at('model.onnx'));
    await expect(measureLayer(model)).rejects.toThrow('changed while it was read');
  });

  test('of a file of 9 GB says so in its header, and is made without reading it all', async () => {
    writeFileSync(at('model.bin'), '');
    const size = 9 * 1024 ** 3;
    truncateSync(at('model.bin'), size);
    const head: Uint8Array[] = [];
    for await (const chunk of packLayer(await listModelFiles(workspace))) {
      if (head.push(chunk) > 3) break;
    }
    const listed = execFileSync('sh', ['-c', 'tar --list --verbose 2>/dev/null || true'], {
      input: Buffer.concat(head),
      encoding: 'utf8',
    });
    expect(listed).toContain(` ${size} `);
  });

  test('of 20,000 files is made', async () => {
    for (let folder = 0; folder < 20; folder += 1) {
      mkdirSync(at(String(folder)));
      for (let file = 0; file < 1000; file += 1) writeFileSync(at(String(folder), String(file)), '');
    }
    const model = await listModelFiles(workspace);
    expect(model.entries).toHaveLength(20_020);
    expect((await measureLayer(model)).size).toBe(20_021 * 512 + 1024);
  }, 60_000);
});
