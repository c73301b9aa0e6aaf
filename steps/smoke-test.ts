import type { z } from 'zod';
import { runFolders } from '../charts/contract.js';
import { unknownAddress } from '../charts/tasks/await-rollout.js';
import { smokeTest as contract } from '../charts/tasks/smoke-test.js';
import type { SmokeTestRequest } from '../charts/tasks/smoke-test.js';
import { verify } from '../gitops/release/verify.js';
import { demand } from './demand.js';
import { openRemote } from './open-remote.js';
import { withPublishedWorkspace } from './published-workspace.js';
import { renderAll } from './render-workspace.js';
import { askModel } from './rollout/ask-model.js';
import type { Asked } from './rollout/ask-model.js';
import { readRunFile } from './run-file.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/** Milliseconds before a request is sent again that came to nothing: routes follow Pods with some delay. */
const pauses = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Asks the model what it must be able to answer, and only when every answer is a good one, writes into the release record
 * that the version was verified. Without requests, that its servers are healthy is what was verified.
 */
export const smokeTest: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const asked = await askAll(request, context);
    const results = { summary: summarize(asked) };
    const bad = asked.find(({ faults }) => faults.length > 0);
    if (bad !== undefined) {
      const { model, environment, version } = request;
      const why = `${describeRequest(bad.request)}: ${bad.faults.join('; ')}`;
      throw new StepFailure(
        `Version ${version} of ${model} in ${environment} does not pass its smoke test: ${why}.`.slice(
          0,
          1000,
        ),
        results,
      );
    }
    await recordVerification(request, context);
    return results;
  },
};

/** One after the other, and no further than the first that fails. */
async function askAll({ url, requests }: Request, context: StepContext): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const request of requests) {
    if (url === unknownAddress)
      throw new StepFailure('Nobody knows where the model is served, so it cannot be asked.');
    const answer = await askPatiently(url, request, context);
    asked.push(answer);
    context.log(`${describeRequest(request)}: ${describeOutcome(answer)}, ${answer.milliseconds} ms.`);
    if (answer.faults.length > 0) break;
  }
  return asked;
}

async function askPatiently(url: string, request: SmokeTestRequest, context: StepContext): Promise<Asked> {
  const body = await readBody(request, context);
  for (const pause of pauses) {
    const answer = await askModel(url, request, body);
    if (answer.faults.length === 0 || !answer.mayPass) return answer;
    context.log(
      `${describeRequest(request)}: ${describeOutcome(answer)}. Asking again in ${pause / 1000} s.`,
    );
    await context.wait(pause);
  }
  return askModel(url, request, body);
}

async function readBody(
  { body, bodyFile }: SmokeTestRequest,
  { workspace }: StepContext,
): Promise<string | undefined> {
  if (bodyFile === undefined) return body === undefined ? undefined : JSON.stringify(body);
  return readRunFile(workspace(), runFolders.source, bodyFile);
}

async function recordVerification(request: Request, context: StepContext): Promise<void> {
  const { model, environment, version, image, run } = request;
  const target = openRemote(request.targetRepository, context.credentials);
  const source = openRemote(request.sourceRepository, context.credentials);
  await withPublishedWorkspace(request, { target, source }, async ({ workspace, source: from }) => {
    const { note } = demand(
      await verify({
        workspace,
        record: { model, environment },
        version,
        image,
        by: run,
        source: from,
        remote: target,
        branch: request.targetBranch,
        render: (releases) => renderAll(workspace, releases),
        onProgress: context.log,
      }),
    );
    context.log(note === undefined ? `Version ${version} is verified in ${environment}.` : `${note}.`);
  });
}

function describeRequest({ path, body, bodyFile }: SmokeTestRequest): string {
  return `${body === undefined && bodyFile === undefined ? 'GET' : 'POST'} ${path}`;
}

function describeOutcome({ faults }: Asked): string {
  return faults.length === 0 ? 'good' : faults.join('; ');
}

/** A Task's results share 4096 bytes. */
const summaryLimit = 2000;

function summarize(asked: readonly Asked[]): string {
  if (asked.length === 0) return 'Nothing was asked; the servers are healthy.';
  const rows = asked.map(
    (answer) =>
      `| ${cellOf(describeRequest(answer.request))} | ${answer.milliseconds} ms | ${cellOf(describeOutcome(answer))} |`,
  );
  const table = ['| request | time | answer |', '| --- | --- | --- |', ...rows].join('\n');
  return table.length <= summaryLimit ? table : `${table.slice(0, summaryLimit)}…`;
}

/** What a server says may hold anything; none of it begins another cell or row. */
function cellOf(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 300);
}
