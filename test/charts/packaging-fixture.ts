import type { Packaging } from '../../config/model.js';
import { duration } from '../../config/values/duration.js';

const digest = `sha256:${'1'.repeat(64)}`;
/** What programs of others have in common. */
export const program = { env: {}, resources: { cpu: '500m', memory: '1Gi' }, timeout: duration('15m') };

/** Everything that can be asked of an image. */
export const packaging: Packaging = {
  repository: 'registry.example.com/models/jukebox',
  plainHttp: false,
  base: `registry.example.com/bases/busybox@${digest}`,
  sbom: true,
  modelScan: {
    ...program,
    image: 'registry.example.com/tools/modelscan:0.8.5',
    command: ['modelscan'],
    args: ['--path', '.'],
    secretEnv: {},
  },
  imageScan: {
    ...program,
    scanner: 'trivy',
    image: 'registry.example.com/tools/trivy:0.58.1',
    severity: 'high',
  },
  signing: {
    ...program,
    image: 'registry.example.com/tools/cosign:v3.1.3',
    command: ['/ko-app/cosign'],
    keySecret: 'cosign-key',
    transparencyLog: undefined,
  },
};
