import { z } from 'zod';
import { secretDataKey, secretName } from './texts.js';

/** One value in a Secret of the cluster. */
export const secretKey = z.strictObject({
  name: secretName.describe('Name of the Secret.'),
  key: secretDataKey.describe('Key within the Secret.'),
});
