// A TrustyAI-like exporter whose p-values can be set: GET /set?value=0.01 drifts every feature.
import { createServer } from 'node:http';

const features = ['danceability', 'energy', 'tempo'];
let value = 0.9;

createServer((request, response) => {
  const url = new URL(request.url, 'http://exporter');
  if (url.pathname === '/set') value = Number(url.searchParams.get('value'));
  response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' });
  response.end(
    features
      .map((feature) => `trustyai_meanshift{model="jukebox",subcategory="${feature}"} ${value}\n`)
      .join(''),
  );
}).listen(8080);
