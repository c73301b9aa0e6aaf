import { readFileSync } from 'node:fs';

const read = (path: string) => readFileSync(new URL(`../../imports/${path}`, import.meta.url), 'utf8');

const table = [...read('README.md').matchAll(/^\| (\S+) \| (v\S+) \| (\S+) \| `([0-9a-f]{64})` \|$/gm)];

describe('where the imports come from', () => {
  it('is told with the version that go.mod pins and go.sum seals', () => {
    expect(table.length).toBeGreaterThan(0);
    for (const [, module, version] of table) {
      expect(read('crds/go.mod')).toContain(`${module} ${version}\n`);
      expect(read('crds/go.sum')).toMatch(new RegExp(`^${module} ${version} h1:`, 'm'));
    }
  });

  it('names no machine and no registry', () => {
    for (const file of ['README.md', 'crds/go.mod', 'tekton.dev.ts', 'monitoring.coreos.com.ts']) {
      expect(read(file)).not.toMatch(/\/root\/|\/home\/|\/tmp\/|go\/pkg\/mod/);
    }
  });

  it('holds no old version of Tekton', () => {
    expect(read('tekton.dev.ts')).not.toContain('tekton.dev/v1beta1');
  });
});

describe('schemas/structural.json', () => {
  const text = read('../schemas/structural.json');
  const { definitions } = JSON.parse(text) as { definitions: Record<string, { $ref?: string }> };

  it('has a definition for every reference, and no reference leads in a circle', () => {
    for (const [, name = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      const passed = new Set<string>();
      let current: string | undefined = name;
      while (current !== undefined) {
        expect(passed).not.toContain(current);
        passed.add(current);
        expect(Object.keys(definitions)).toContain(current);
        current = definitions[current]?.$ref;
      }
    }
  });

  it('is small enough to be read at every start', () => {
    expect(text.length).toBeLessThan(300_000);
  });
});
