import base from './jest.config.js';

/** `npm run test:cluster`: the whole loop on the cluster of KUBECONFIG, not part of `npm test`. */
export default { ...base, testMatch: ['<rootDir>/test/cluster/**/*.cluster.ts'], testTimeout: 900_000 };
