import { checkMainFile } from '../../values/training-file.js';
import { hostName, text, version } from '../texts.js';
import { placement, program, workers } from './program.js';

/** A SparkApplication of the Spark operator. */
export const sparkKeys = {
  image: program.image,
  args: program.args,
  env: program.env,
  resources: program.resources,
  ...placement,
  workers,
  mainFile: text(checkMainFile, 'CONFIG_PATH').describe(
    'Python program: a file of the source, or `local:///…` in the image (`engine: spark`).',
  ),
  sparkVersion: version.describe('Version of Spark in the image, in quotes (`engine: spark`).'),
  serviceAccount: hostName.describe(
    'Account of the driver, which creates the executors; of the toolings namespace (`engine: spark`).',
  ),
};
