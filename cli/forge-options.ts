import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

/** Whether a pull request carries what is delivered, and to which forge. */
export function addForgeOptions(command: Command): Command {
  return command
    .option('--push', 'push everything to the branch, whatever driftloop.yaml says about pull requests')
    .addOption(new Option('--pull-request', 'open or update pull requests for everything').conflicts('push'))
    .option(
      '--forge-url <url>',
      'REST API of the forge, such as https://git.example.com/api/v3 for GitHub Enterprise (default: delivery.apiUrl, else where the forge has it)',
      requireHttpUrl,
    )
    .addHelpText('after', helpEnding);
}

const helpEnding = `
Environment: DRIFTLOOP_GIT_USERNAME and DRIFTLOOP_GIT_PASSWORD for the repository over HTTP, DRIFTLOOP_FORGE_TOKEN for
pull requests; the secrets also in files, as DRIFTLOOP_GIT_PASSWORD_FILE and DRIFTLOOP_FORGE_TOKEN_FILE.
DRIFTLOOP_CA_FILE holds certificates of own authorities; HTTPS_PROXY, HTTP_PROXY and NO_PROXY count.`;

function requireHttpUrl(value: string): string {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new InvalidArgumentError('It must be a URL of https or http.');
  return value;
}
