/**
 * Installs the servers that test/real/ needs, where apt-get and the right to use it are there. Says so where they are
 * not: the tests then report what they skip. Exit status 0 unless the installation itself fails.
 */
import { spawnSync } from 'node:child_process';

const packages = [
  { name: 'prometheus', program: 'promtool' },
  { name: 'prometheus-alertmanager', program: 'amtool' },
  { name: 'docker-registry', program: 'docker-registry' },
  { name: 'apache2-utils', program: 'htpasswd' },
];

function isInstalled(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function aptGet(...args) {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

const missing = packages.filter(({ program }) => !isInstalled(program)).map(({ name }) => name);
if (missing.length === 0) {
  console.log('real servers: all installed');
} else if (process.getuid?.() !== 0 || !isInstalled('apt-get')) {
  console.log(
    `real servers: ${missing.join(', ')} not installed, and only root with apt-get can change that here`,
  );
} else {
  console.log(`real servers: installing ${missing.join(', ')}`);
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  // A package list that is out of date is the usual cause of a failure.
  if (!aptGet(...install) && !(aptGet('update') && aptGet(...install))) {
    console.error('real servers: apt-get failed');
    process.exit(1);
  }
}
