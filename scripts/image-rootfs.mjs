// Makes the root file system of the step runner's image as a plain folder, for machines without a container builder:
//
//   node scripts/image-rootfs.mjs FOLDER [APP]
//
// FOLDER gets Debian's git and CA certificates, this machine's node, and the files of APP (default build/step-runner)
// in /app. Needs Linux, apt-get and dpkg-deb; root is not needed. What the folder becomes an image with: user
// 65532:65532, working directory /app.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [target, app = new URL('../build/step-runner', import.meta.url).pathname] = process.argv.slice(2);
if (target === undefined || !existsSync(app)) {
  console.error('usage: node scripts/image-rootfs.mjs FOLDER [APP]   (after: npm run build)');
  process.exit(1);
}
const root = resolve(target);
if (existsSync(root) && readdirSync(root).length > 0) {
  console.error(`${root} is not empty`);
  process.exit(1);
}

/** What the image needs, and the libraries of node; apt-get adds what these depend on. */
const packages = ['git', 'ca-certificates', 'dash', 'libstdc++6'];

/** What they depend on only for commands or installation scripts that never run here. */
const unneeded = /^(perl|libperl|liberror-perl|libgdbm|libdb5|git-man|debconf|dpkg|openssl|tar)/;

/** Every node of a cluster pulls the image: it stays small enough to be there before anybody waits. */
const sizeLimit = 250 * 1024 * 1024;

const downloads = mkdtempSync(join(tmpdir(), 'driftloop-rootfs-'));
try {
  for (const file of download(downloads))
    execFileSync('dpkg-deb', ['--extract', join(downloads, file), root]);
} finally {
  rmSync(downloads, { recursive: true });
}
for (const folder of ['doc', 'man', 'info', 'locale', 'lintian']) {
  rmSync(join(root, 'usr/share', folder), { recursive: true, force: true });
}
configure();
cpSync(process.execPath, join(root, 'usr/bin/node'));
cpSync(app, join(root, 'app'), { recursive: true });
const size = measure(root);
if (size > sizeLimit) {
  console.error(`${root} has ${size} bytes, more than ${sizeLimit}`);
  process.exit(1);
}
console.log(root);

/** Of all files; links count for nothing. */
function measure(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** The packages and all they depend on, as if nothing were installed. */
function download(folder) {
  const status = join(folder, 'status');
  writeFileSync(status, '');
  mkdirSync(join(folder, 'partial'));
  const options = [`Dir::State::status=${status}`, `Dir::Cache::archives=${folder}`, 'Debug::NoLocking=1'];
  const settings = [...options, 'APT::Sandbox::User='].flatMap((option) => ['-o', option]);
  const command = ['install', '--yes', '--quiet', '--no-install-recommends', '--download-only'];
  execFileSync('apt-get', [...command, ...settings, ...packages], { stdio: ['ignore', 'ignore', 'inherit'] });
  return readdirSync(folder).filter((file) => file.endsWith('.deb') && !unneeded.test(file));
}

/** What installation scripts would have done. */
function configure() {
  const authorities = join(root, 'usr/share/ca-certificates/mozilla');
  const bundle = readdirSync(authorities)
    .sort()
    .map((file) => readFileSync(join(authorities, file), 'utf8'));
  mkdirSync(join(root, 'etc/ssl/certs'), { recursive: true });
  writeFileSync(join(root, 'etc/ssl/certs/ca-certificates.crt'), bundle.join(''));
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/:/usr/sbin/nologin\nnonroot:x:65532:65532:nonroot:/tmp:/usr/sbin/nologin\n',
  );
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnonroot:x:65532:\n');
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  mkdirSync(join(root, 'tmp'), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  for (const folder of ['dev', 'proc', 'sys']) mkdirSync(join(root, folder), { recursive: true });
}
