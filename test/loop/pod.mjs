// Loaded before a step's program (node --import): what the kubelet would mount into its Pod stands in a folder here.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const mount = '/var/run/secrets/kubernetes.io/serviceaccount';
const stand = process.env.LOOP_SERVICE_ACCOUNT;
delete process.env.LOOP_SERVICE_ACCOUNT;

const { readFileSync } = fs;
fs.readFileSync = (file, ...rest) =>
  readFileSync(
    typeof file === 'string' && file.startsWith(`${mount}/`) ? file.replace(mount, stand) : file,
    ...rest,
  );
syncBuiltinESMExports();
