import { readFileSync } from 'node:fs';

const containerfile = readFileSync('Containerfile', 'utf8');
const script = readFileSync('scripts/image-rootfs.mjs', 'utf8');

test('the image and the root file system without a builder hold the same, as the same user', () => {
  const installed = [...containerfile.matchAll(/([a-z][-a-z0-9+.]*)=[0-9:][^ ]*/g)].map(([, name]) => name);
  expect(installed).toEqual(['git', 'ca-certificates']);
  const [, list = ''] = /^const packages = \[(.*)\];$/m.exec(script) ?? [];
  for (const name of installed) expect(list).toContain(`'${name}'`);
  const [, user] = /^USER (\d+:\d+)$/m.exec(containerfile) ?? [];
  expect(script).toContain(`nonroot:x:${user ?? ''}:`);
});

test('the image is made of exact versions', () => {
  expect(containerfile).toMatch(/^FROM node:\d+\.\d+\.\d+-bookworm-slim$/m);
  const [, packages = ''] = /apt-get install --yes --no-install-recommends (.+) \\/.exec(containerfile) ?? [];
  expect(packages.split(' ').filter((each) => !each.includes('='))).toEqual([]);
});
