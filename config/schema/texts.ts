import { z } from 'zod';
import type { ProblemCode } from '../../problems/codes.js';
import { checkCron, checkTimeZone } from '../values/cron.js';
import { checkAnswerTime, checkDuration, checkPositiveDuration, checkSchedule } from '../values/clock.js';
import type { ValueCheck, ValueFault } from '../values/fault.js';
import { checkFolder, checkHttpPath } from '../values/folder.js';
import {
  checkChartName,
  checkChartRepository,
  checkGroupKind,
  checkRevision,
  checkSubject,
} from '../values/helm.js';
import { checkGlob } from '../values/glob.js';
import { checkBranch, checkGitUrl, checkRepositoryName } from '../values/git-url.js';
import { checkFilePattern } from '../values/file-pattern.js';
import { checkImage, checkModelImage } from '../values/image.js';
import { checkModelLocation } from '../values/model-location.js';
import {
  checkDeviceName,
  checkDnsLabel,
  checkDnsSubdomain,
  checkLabelKey,
  checkLabelName,
  checkLabelValue,
  checkPlainText,
  checkSecretKey,
  checkSeriesName,
  checkVariableName,
} from '../values/names.js';
import { checkBucket, checkKeyPart } from '../values/object-key.js';
import { checkVersion } from '../values/version.js';
import { checkCpu, checkMemory, checkStorage } from '../values/resources.js';

/** What a refused text tells the problem: its code, what is wrong with the value, and a hint. */
export interface RefusedText {
  readonly problem: ProblemCode;
  readonly fault: ValueFault;
}

/** Text that a checker of config/values accepts; `description` and `shape` go to the editor's schema. */
export function text(check: ValueCheck, code: ProblemCode, shape: Record<string, unknown> = {}): z.ZodString {
  return z
    .string()
    .superRefine((value, context) => {
      const fault = check(value);
      if (fault === undefined) return;
      const params: RefusedText = { problem: fault.secret === true ? 'CONFIG_SECRET_INLINE' : code, fault };
      context.addIssue({ code: 'custom', message: fault.message, params });
    })
    .meta(shape);
}

const durationPattern = '^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$';
const labelPattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

export const dnsLabel = (limit = 63): z.ZodString =>
  text(checkDnsLabel(limit), 'CONFIG_NAME', { pattern: labelPattern, maxLength: limit });
export const secretName = text(checkDnsSubdomain, 'CONFIG_NAME');
export const secretDataKey = text(checkSecretKey, 'CONFIG_NAME');
export const labelValue = text(checkLabelValue, 'CONFIG_NAME', { maxLength: 63 });
export const labelKey = text(checkLabelKey, 'CONFIG_NAME');
export const variableName = text(checkVariableName, 'CONFIG_NAME');
export const seriesName = text(checkSeriesName, 'CONFIG_NAME', { pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$' });
export const seriesLabel = text(checkLabelName, 'CONFIG_NAME', { pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$' });
export const plainText = text(checkPlainText, 'CONFIG_VALUE', { maxLength: 100 });
export const image = text(checkImage, 'CONFIG_IMAGE');
export const modelImage = text(checkModelImage, 'CONFIG_IMAGE', {
  pattern: '^oci://.+@sha256:[0-9a-f]{64}$',
});
export const modelLocation = text(checkModelLocation, 'CONFIG_IMAGE', { pattern: '^(oci|s3|gs|pvc|hf)://' });
export const deviceName = text(checkDeviceName, 'CONFIG_NAME');
export const gitUrl = text(checkGitUrl, 'CONFIG_URL');
export const branch = text(checkBranch, 'CONFIG_VALUE');
export const repositoryName = text(checkRepositoryName, 'CONFIG_VALUE');
export const filePattern = text(checkFilePattern, 'CONFIG_PATH');
export const bucketName = text(checkBucket, 'CONFIG_NAME', { minLength: 3, maxLength: 63 });
export const keyPart = text(checkKeyPart, 'CONFIG_VALUE', { maxLength: 200 });
export const hostName = text(checkDnsSubdomain, 'CONFIG_NAME');
export const cron = text(checkCron, 'CONFIG_CRON');
export const timeZone = text(checkTimeZone, 'CONFIG_CRON');
export const folder = text(checkFolder, 'CONFIG_PATH');
export const version = text(checkVersion, 'CONFIG_VERSION', { type: ['string', 'number'] });
export const chartName = text(checkChartName, 'CONFIG_NAME');
export const chartRevision = text(checkRevision, 'CONFIG_VALUE');
export const chartRepository = text(checkChartRepository, 'CONFIG_URL');
export const groupKind = text(checkGroupKind, 'CONFIG_NAME', { pattern: '^[-a-z0-9.]*/[A-Z][A-Za-z0-9]*$' });
export const subjectName = text(checkSubject, 'CONFIG_NAME');
export const modelGlob = text(checkGlob, 'CONFIG_PATH', { pattern: '\\.yaml$' });
export const httpPath = text(checkHttpPath, 'CONFIG_PATH', { pattern: '^/' });

/** Text that YAML may read as a number: `cpu: 2`, and `for: 10`, whose checker asks for the unit. */
export const numeric = (check: ValueCheck, code: ProblemCode, shape: Record<string, unknown>) =>
  z.preprocess((value) => (typeof value === 'number' ? String(value) : value), text(check, code)).meta(shape);

export const duration = numeric(checkDuration, 'CONFIG_DURATION', { pattern: durationPattern });
export const positiveDuration = numeric(checkPositiveDuration, 'CONFIG_DURATION', {
  pattern: durationPattern,
});

export const answerTime = numeric(checkAnswerTime, 'CONFIG_DURATION', { pattern: durationPattern });

export const schedule = numeric(checkSchedule, 'CONFIG_DURATION', { pattern: durationPattern });

const quantity = (check: ValueCheck) => numeric(check, 'CONFIG_QUANTITY', { type: ['string', 'number'] });

export const cpu = quantity(checkCpu);
export const memory = quantity(checkMemory);
export const storage = quantity(checkStorage);

/** A list that names nothing twice. */
export function distinct<T extends z.ZodType<string>>(items: T): z.ZodArray<T> {
  return z
    .array(items)
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        if (values.indexOf(value) < index)
          context.addIssue({ code: 'custom', path: [index], ...duplicate(value) });
      });
    })
    .meta({ uniqueItems: true });
}

function duplicate(value: string): { message: string; params: RefusedText } {
  const message = 'appears twice in the list';
  return {
    message,
    params: { problem: 'CONFIG_NAME_DUPLICATE', fault: { message, hint: `Remove one \`${value}\`.` } },
  };
}
