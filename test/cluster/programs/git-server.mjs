// A git server over HTTP for the cluster test: `git http-backend` behind Basic authentication.
// Repositories appear when they are first asked for; everything is lost with the Pod.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';

const root = '/srv/git';
const expected = `Basic ${Buffer.from(`${process.env.GIT_USER}:${process.env.GIT_PASSWORD}`).toString('base64')}`;

createServer((request, response) => {
  const url = new URL(request.url, 'http://git');
  const repository = /^\/([a-z0-9-]+\.git)\//.exec(url.pathname)?.[1];
  if (url.pathname === '/healthz') return void response.end('ok');
  if (request.headers.authorization !== expected) {
    return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
  }
  if (repository === undefined) return void response.writeHead(404).end();
  if (!existsSync(`${root}/${repository}`)) {
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', `${root}/${repository}`]);
    execFileSync('git', ['-C', `${root}/${repository}`, 'config', 'uploadpack.allowFilter', 'true']);
    execFileSync('git', ['-C', `${root}/${repository}`, 'config', 'uploadpack.allowAnySHA1InWant', 'true']);
  }
  serve(request, response, url);
}).listen(8080);

function serve(request, response, url) {
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
  backend.on('close', () => response.end());
}
