import { readFileSync } from 'node:fs';
import { describeConfig } from '../../../config/describe-config.js';
import { jsonSchemas, schemaAt } from '../../../config/schema/json-schema.js';

test.each(['driftloop', 'model'] as const)('schemas/%s.schema.json is what the code accepts', (name) => {
  const text = readFileSync(`schemas/${name}.schema.json`, 'utf8');
  expect(text).toBe(`${JSON.stringify(jsonSchemas()[name], null, 2)}\n`);
});

test('every key says what it is for', () => {
  const silent = describeConfig().filter(({ description }) => description === '');
  expect(silent).toEqual([]);
});

test('the reference names keys once, with type, default and whether they are needed', () => {
  const rows = describeConfig();
  const names = rows.map(({ file, path }) => `${file} ${path}`);
  expect(new Set(names).size).toBe(names.length);
  const find = (path: string) => rows.find((row) => row.path === path);
  expect(find('alerting.interval')).toMatchObject({
    file: 'driftloop.yaml',
    type: 'text',
    required: false,
    default: '30s',
  });
  expect(find('model')).toMatchObject({ file: 'models/<name>.yaml', required: true, default: undefined });
  expect(find('drift.detectors[].threshold')?.type).toBe('number or band `[low, high]`');
  expect(find('monitors.<name>.dialect')?.type).toContain('`trustyai-java`');
  expect(find('training.resources.cpu')?.type).toBe('quantity');
  expect(rows.map(({ type }) => type)).not.toContain('any');
});

test('the schema of a value is found through maps, lists and names', () => {
  const { model, driftloop } = jsonSchemas();
  expect(schemaAt(model, ['drift', 'detectors', 3, 'window', 'of'])?.type).toBe('integer');
  expect(schemaAt(driftloop, ['environments', 'test', 'defaults', 'serving', 'port'])?.type).toBe('integer');
  expect(schemaAt(model, ['drift', 'nonsense'])).toBeUndefined();
  expect(schemaAt(model, ['constructor'])).toBeUndefined();
});
