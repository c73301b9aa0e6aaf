// As much of an OCI registry as the example's training and server need: blobs and manifests by digest, in memory.
// https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const blobs = new Map();
const manifests = new Map();
const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://registry');
  const [, name, kind, reference] = /^\/v2\/(.+?)\/(blobs|manifests)\/(.+)$/.exec(url.pathname) ?? [];
  if (url.pathname === '/v2/' || url.pathname === '/healthz') return void response.end('{}');
  if (name === undefined) return void response.writeHead(404).end();
  if (kind === 'blobs' && request.method === 'POST') {
    return void response.writeHead(202, { Location: `/v2/${name}/blobs/uploads/${randomUUID()}` }).end();
  }
  if (request.method === 'PUT') {
    const bytes = await bodyOf(request);
    const digest = digestOf(bytes);
    const wanted =
      kind === 'blobs'
        ? url.searchParams.get('digest')
        : reference.startsWith('sha256:')
          ? reference
          : digest;
    if (wanted !== digest) return void response.writeHead(400).end(`digest is ${digest}`);
    const stored = { bytes, type: request.headers['content-type'] ?? 'application/octet-stream' };
    (kind === 'blobs' ? blobs : manifests).set(digest, stored);
    if (kind === 'manifests') manifests.set(`${name}:${reference}`, stored);
    return void response.writeHead(201, { 'Docker-Content-Digest': digest }).end();
  }
  const found =
    kind === 'blobs'
      ? blobs.get(reference)
      : (manifests.get(reference) ?? manifests.get(`${name}:${reference}`));
  if (found === undefined) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': found.type, 'Docker-Content-Digest': digestOf(found.bytes) });
  response.end(request.method === 'HEAD' ? undefined : found.bytes);
}).listen(8080);
