// A git server over HTTP for the cluster test: `git http-backend` behind Basic authentication.
// Repositories appear when they are first asked for; everything is lost with the Pod. With WEBHOOK_URL and WEBHOOK_KEY
// it tells of pushes as Gitea does; POST /redeliver sends the last delivery again.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';

const root = '/srv/git';
const expected = `Basic ${Buffer.from(`${process.env.GIT_USER}:${process.env.GIT_PASSWORD}`).toString('base64')}`;

createServer((request, response) => {
  const url = new URL(request.url, 'http://git');
  const repository = /^\/([a-z0-9-]+\.git)\//.exec(url.pathname)?.[1];
  if (url.pathname === '/healthz') return void response.end('ok');
  if (url.pathname === '/redeliver') return void deliver().then((status) => response.end(String(status)));
  if (request.headers.authorization !== expected) {
    return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
  }
  if (repository === undefined) return void response.writeHead(404).end();
  if (!existsSync(`${root}/${repository}`)) {
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', `${root}/${repository}`]);
    execFileSync('git', ['-C', `${root}/${repository}`, 'config', 'uploadpack.allowFilter', 'true']);
    execFileSync('git', ['-C', `${root}/${repository}`, 'config', 'uploadpack.allowAnySHA1InWant', 'true']);
  }
  const before = listBranches(repository);
  serve(request, response, url, () => {
    if (url.pathname.endsWith('/git-receive-pack')) tellOfPush(repository, before);
  });
}).listen(8080);

function git(repository, ...args) {
  const options = ['-c', 'safe.directory=*', '-C', `${root}/${repository}`];
  return execFileSync('git', [...options, ...args], { encoding: 'utf8' });
}

function listBranches(repository) {
  const lines = git(repository, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads').trim();
  return new Map(lines === '' ? [] : lines.split('\n').map((line) => line.split(' ')));
}

let delivery;

function tellOfPush(repository, branches) {
  if (process.env.WEBHOOK_URL === undefined) return;
  for (const [ref, after] of listBranches(repository)) {
    const before = branches.get(ref) ?? '0'.repeat(40);
    if (before === after) continue;
    const commits = listCommits(repository, before, after);
    const name = repository.replace(/\.git$/, '');
    const full = { name, full_name: `mlops/${name}`, clone_url: 'http://elsewhere.example.com/other.git' };
    const body = { ref, before, after, commits, total_commits: commits.length, repository: full };
    delivery = { id: randomUUID(), body: JSON.stringify(body) };
    deliver().catch((error) => console.error(error));
  }
}

function listCommits(repository, before, after) {
  const range = /^0+$/.test(before) ? after : `${before}..${after}`;
  const ids = git(repository, 'rev-list', '--reverse', range).trim().split('\n');
  return ids.map((id) => {
    const files = git(repository, 'diff-tree', '--root', '--no-commit-id', '--name-status', '-r', id).trim();
    const named = (status) =>
      files.split('\n').flatMap((line) => (line.startsWith(status) ? [line.slice(2)] : []));
    return { id, added: named('A'), modified: named('M'), removed: named('D') };
  });
}

async function deliver() {
  const signature = createHmac('sha256', process.env.WEBHOOK_KEY).update(delivery.body).digest('hex');
  const headers = {
    'Content-Type': 'application/json',
    'X-Gitea-Delivery': delivery.id,
    'X-GitHub-Event': 'push',
    'X-Hub-Signature-256': `sha256=${signature}`,
  };
  const answer = await fetch(process.env.WEBHOOK_URL, { method: 'POST', headers, body: delivery.body });
  return answer.status;
}

function serve(request, response, url, done) {
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      REMOTE_USER: process.env.GIT_USER,
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
  });
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  backend.stdout.on('data', (chunk) => {
    if (response.headersSent) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = Object.fromEntries(
      head
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(/: (.*)/s).slice(0, 2)),
    );
    response.writeHead(Number.parseInt(headers.Status ?? '200', 10), headers);
    response.write(head.subarray(end + 4));
  });
  backend.stderr.pipe(process.stderr);
  backend.on('close', () => {
    response.end();
    done();
  });
}
