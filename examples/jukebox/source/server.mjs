// Serves predictions of the model named by MODEL_IMAGE, and the drift metric that driftloop watches.
import { createServer } from 'node:http';
import { features, predict } from './model.mjs';
import { pullModel } from './registry.mjs';

const image = process.env.MODEL_IMAGE ?? '';
const version = process.env.MODEL_VERSION ?? 'unknown';
const [, host, name, digest] = /^oci:\/\/([^/]+)\/(.+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
if (digest === undefined) throw new Error(`MODEL_IMAGE must be oci://registry/name@sha256:…, not "${image}"`);

const model = await pullModel(process.env.REGISTRY ?? `https://${host}`, name, digest);

/** p-values as a monitor would measure them; here they are what POST /drift says, so that a demonstration can drift. */
const drift = new Map(features.map((feature) => [feature, 1]));
let predictions = 0;

const routes = {
  'GET /healthz': () => ({ status: 'ok', version, image }),
  'GET /metrics': () => metrics(),
  'POST /predict': (_, song) => {
    if (!features.every((feature) => Number.isFinite(song[feature]))) return undefined;
    predictions += 1;
    return { probability: predict(model, song), version };
  },
  'POST /drift': (query) => {
    const value = Number(query.get('value') ?? NaN);
    const chosen = query.get('feature') === null ? features : [query.get('feature')];
    if (!(value >= 0 && value <= 1) || !chosen.every((feature) => drift.has(feature))) return undefined;
    for (const feature of chosen) drift.set(feature, value);
    return Object.fromEntries(drift);
  },
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://server');
  const route = routes[`${request.method} ${url.pathname}`];
  if (route === undefined) return void response.writeHead(404).end('not found\n');
  const answer = route(url.searchParams, await readSong(request));
  if (answer === undefined) return void response.writeHead(400).end('not understood\n');
  const isText = typeof answer === 'string';
  response.writeHead(200, { 'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json' });
  response.end(isText ? answer : `${JSON.stringify(answer)}\n`);
});
server.listen(Number(process.env.PORT ?? 8080), () => {
  console.log(`serving version ${version} (${image}) on port ${server.address().port}`);
});
process.once('SIGTERM', () => server.close());

/** {} for everything that is no small JSON object. */
async function readSong(request) {
  let text = '';
  for await (const chunk of request) if (text.length < 10_000) text += chunk;
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function metrics() {
  const shift = [...drift].map(
    ([feature, value]) => `trustyai_meanshift{model="jukebox",subcategory="${feature}"} ${value}`,
  );
  return [
    '# HELP trustyai_meanshift p-value of the mean-shift test; set by POST /drift.',
    '# TYPE trustyai_meanshift gauge',
    ...shift,
    '# TYPE jukebox_predictions_total counter',
    `jukebox_predictions_total ${predictions}`,
    '',
  ].join('\n');
}
