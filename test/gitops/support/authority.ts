import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './repository.js';

/** Files with a certificate and its key, in PEM. */
export interface KeyPair {
  readonly certificateFile: string;
  readonly certificate: string;
  readonly keyFile: string;
  readonly key: string;
}

export interface Authority extends KeyPair {
  /** A certificate for 127.0.0.1 as a server, or for a client of that name. */
  issue(name: string): KeyPair;
}

/** A certificate authority that nobody but the test trusts; needs openssl. */
export function createAuthority(): Authority {
  const folder = temporaryFolder();
  const own = createKeyPair(folder, 'authority', []);
  return {
    ...own,
    issue: (name) => createKeyPair(folder, name, ['-CA', own.certificateFile, '-CAkey', own.keyFile]),
  };
}

function createKeyPair(folder: string, name: string, issuer: readonly string[]): KeyPair {
  const [keyFile, certificateFile, settings] = ['key', 'crt', 'cnf'].map((end) =>
    join(folder, `${name}.${end}`),
  ) as [string, string, string];
  const extension =
    issuer.length === 0 ? 'basicConstraints=critical,CA:TRUE' : 'subjectAltName=IP:127.0.0.1,DNS:localhost';
  writeFileSync(
    settings,
    `[req]\ndistinguished_name=d\nx509_extensions=x\nprompt=no\n[d]\nCN=${name}\n[x]\n${extension}\n`,
  );
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync(
    'openssl',
    ['req', '-x509', '-config', settings, ...key, ...issuer, '-days', '2', '-out', certificateFile],
    { stdio: 'pipe' },
  );
  return {
    keyFile,
    certificateFile,
    key: readFileSync(keyFile, 'utf8'),
    certificate: readFileSync(certificateFile, 'utf8'),
  };
}
