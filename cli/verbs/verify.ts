import type { Command } from 'commander';
import type { ExitStatus } from '../exit-status.js';
import { requireText } from '../options.js';
import { addRecordOptions, runRecordVerb } from '../record-verb.js';
import type { RecordOptions } from '../record-verb.js';
import type { Session } from '../session.js';

interface VerifyOptions extends RecordOptions {
  readonly env: string;
  readonly version: string;
  readonly image?: string;
}

export function addVerify(program: Command, session: Session): void {
  const command = program
    .command('verify')
    .description('record that the version an environment runs was tested there, so that it may be promoted')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--env <name>', 'environment that runs it', requireText)
    .requiredOption('--version <version>', 'version that was tested', requireText)
    .option('--image <image>', 'digest that was tested: oci://repository@sha256:…', requireText)
    .action(async (model: string, options: VerifyOptions) => {
      session.status = await verify(model, options, session);
    });
  addRecordOptions(command);
}

async function verify(model: string, options: VerifyOptions, session: Session): Promise<ExitStatus> {
  const { verify: deliver } = await import('../../gitops/release/verify.js');
  const { env: environment, version, image, by } = options;
  return runRecordVerb(session, options, { model, environments: [environment] }, (request) =>
    deliver({ ...request, record: { model, environment }, version, image, by }),
  );
}
