import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { ExitStatus } from '../exit-status.js';
import { requireText } from '../options.js';
import { addRenderedRecordOptions, runRecordVerb } from '../record-verb.js';
import type { RenderedRecordOptions } from '../record-verb.js';
import type { Session } from '../session.js';

interface ReleaseOptions extends RenderedRecordOptions {
  readonly env: string;
  readonly version: string;
  readonly image: string;
  readonly commit?: string;
  readonly metric?: Readonly<Record<string, number>>;
  readonly unpin?: boolean;
}

export function addRelease(program: Command, session: Session): void {
  const command = program
    .command('release')
    .description('record a model version for an environment and deliver the model with it, in one commit')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--env <name>', 'environment that receives it', requireText)
    .requiredOption('--version <version>', 'version, as people call it', requireText)
    .requiredOption('--image <image>', 'where the model is: oci://repository@sha256:…', requireText)
    .option('--commit <sha>', "whole id of the commit of the model's source it was trained from", requireText)
    .option('--metric <name=value>', 'what the gates saw of it; repeat it for each metric', collectMetric)
    .option('--unpin', 'release it also where a rollback pinned another version')
    .action(async (model: string, options: ReleaseOptions) => {
      session.status = await release(model, options, session);
    });
  addRenderedRecordOptions(command);
}

/** `accuracy=0.93` */
function collectMetric(
  text: string,
  before: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  const [, name, written] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const value = Number(written?.trim() === '' ? Number.NaN : written);
  if (name === undefined || !Number.isFinite(value))
    throw new InvalidArgumentError('It must be a name and a number, such as accuracy=0.93.');
  return { ...before, [name.trim()]: value };
}

async function release(model: string, options: ReleaseOptions, session: Session): Promise<ExitStatus> {
  const { release: deliver } = await import('../../gitops/release/release.js');
  const { env: environment, version, image, by, commit, metric: metrics = {}, unpin } = options;
  const releasedAt = new Date().toISOString();
  const record = { model, environment, version, image, releasedAt, by, commit, metrics };
  return runRecordVerb(
    session,
    options,
    { model, environments: [environment], delivered: environment },
    (request) => deliver({ ...request, release: record, unpin }),
  );
}
