import { isSecretName, looksSecret, showsSecret } from '../../../config/values/secret-text.js';

test.each(['API_TOKEN', 'password', 'DB_PASSWORD', 'AWS_SECRET_ACCESS_KEY', 'Client_Secret'])(
  'a variable called %s holds a secret',
  (name) => {
    expect(isSecretName(name)).toBe(true);
  },
);

test.each(['TOKENIZER', 'tokenSecret', 'KEY', 'PASSWORD_MIN_LENGTH', 'MAX_TOKENS'])(
  'a variable called %s does not',
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);

test.each([
  'https://bot:hunter2@git.example.com/a.git',
  'use postgres://jukebox:battery@db.example.com/music here',
  'ghp_0123456789abcdef',
  'AKIAABCDEFGHIJKLMNOP',
  '-----BEGIN RSA PRIVATE KEY-----',
  'https://hooks.slack.com/services/T0/B0/x',
])('%s looks like a secret', (text) => {
  expect(looksSecret(text)).toBe(true);
});

test.each([
  'https://git.example.com/mlops/jukebox.git',
  'git@git.example.com:mlops/jukebox.git',
  'http://name.namespace.svc:8080/path@2',
  `oci://registry.example.com/model@sha256:${'0'.repeat(64)}`,
])('%s does not', (text) => {
  expect(looksSecret(text)).toBe(false);
});

test.each([
  '  env: { API_TOKEN: "hunter2" }',
  '    password = hunter2',
  "  'DB_PASSWORD': 12345",
  '  args: [--db-token=hunter2]',
  `    ${'QUJD'.repeat(16)}`,
  '  repo: https://bot:hunter2@git.example.com/a.git',
])('the line %j is never shown', (line) => {
  expect(showsSecret(line)).toBe(true);
});

test.each([
  '  tokenSecret: { name: webhook, key: token }',
  '    slack: { apiUrlSecret: { name: team-chat, key: url } }',
  '    secret: { name: a }',
  '  password:',
  `    image: oci://registry.example.com/jukebox/model@sha256:${'4ee2'.repeat(16)}`,
])('the line %j is shown', (line) => {
  expect(showsSecret(line)).toBe(false);
});

test.each(['x', 'a-', 'x_', 'a://', 'token ', '-----BEGIN ', 'ghp_', 'a:b@'])(
  'a megabyte of %j is looked at in no time',
  (piece) => {
    const started = performance.now();
    showsSecret(piece.repeat(1_000_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(5000);
  },
);
