import type { Command } from 'commander';
import { addWorkspaceOption, requireText } from './options.js';
import type { WorkspaceOptions } from './options.js';

/** Where to deliver to, and what may happen there. */
export interface DeliveryOptions extends WorkspaceOptions {
  readonly to?: string;
  readonly overwrite?: boolean;
  readonly allowCollapse?: boolean;
}

export function addDeliveryOptions(command: Command): Command {
  return addWorkspaceOption(command)
    .option(
      '--to <repository>',
      'GitOps repository: a Git URL, a path, or "embedded" for the local one in .driftloop (default: the one of driftloop.yaml, else embedded)',
      requireText,
    )
    .option('--overwrite', 'replace what was edited by hand there, and take over files that are not ours')
    .option('--allow-collapse', 'let units vanish or lose more than half of their objects');
}
