import type { Command } from 'commander';
import { addWorkspaceOption, requireText } from './options.js';
import type { WorkspaceOptions } from './options.js';

/** Where to deliver to, and what may happen there. */
export interface DeliveryOptions extends WorkspaceOptions {
  readonly to?: string | undefined;
  readonly overwrite?: boolean;
  readonly allowCollapse?: boolean;
  readonly allowOlder?: boolean;
}

/** @param flag names the repository; verbs to which `--to` means something else take another one */
export function addDeliveryOptions(command: Command, flag: '--to' | '--repository' = '--to'): Command {
  return addTargetOption(command, flag)
    .option('--overwrite', 'replace what was edited by hand there, and take over files that are not ours')
    .option('--allow-collapse', 'let units vanish or lose more than half of their objects')
    .option('--allow-older', 'publish over what was published from a newer commit of the workspace');
}

/** The workspace and its GitOps repository. */
export function addTargetOption(command: Command, flag: '--to' | '--repository' = '--to'): Command {
  return addWorkspaceOption(command).option(
    `${flag} <repository>`,
    'GitOps repository: a Git URL, a path, or "embedded" for the local one in .driftloop (default: the one of driftloop.yaml, else embedded)',
    requireText,
  );
}
