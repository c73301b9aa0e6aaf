import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { mlflowSignature, senderParam, verifier } from '../charts/verifier-contract.js';
import { hasErrorCode } from '../synth/error-code.js';
import { mlflowHeaders, refuseMlflowEvent } from '../validate/triggers/mlflow-signature.js';

/** What the server finds around it. */
export interface VerifierContext {
  /** Folder with a file for each sender. */
  readonly keyFolder: string;
  readonly now: () => Date;
  /** One readable line for what is refused. */
  readonly log: (line: string) => void;
}

/** Requests are events in JSON, and MLflow's are small. */
const bodyLimit = 1024 * 1024;

/** What the listener sends about an event (pkg/apis/triggers/v1beta1/interceptor_types.go). */
const requestSchema = z.object({
  body: z.string(),
  header: z.record(z.string(), z.array(z.string())),
  interceptor_params: z.object({ [senderParam]: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/) }),
});

type InterceptorRequest = z.output<typeof requestSchema>;

/** google.rpc.Code: the event is not one to act on. */
const failedPrecondition = 9;

/**
 * An interceptor of Tekton Triggers that verifies what none of its own can. It holds nothing but the keys of senders,
 * answers the listener alone, and says no whenever it is not sure.
 */
export function createVerifier(context: VerifierContext): Server {
  const server = createServer((request, response) => {
    handle(request, response, context).catch((error: unknown) => {
      context.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      response.destroy();
    });
  });
  server.requestTimeout = 5_000;
  server.headersTimeout = 5_000;
  return server;
}

/** In milliseconds; a Service leaves out a Pod only some moments after that has been told to end. */
const goodbye = 5_000;

/** Serves until the Pod ends. */
export async function serveVerifier(): Promise<void> {
  const server = createVerifier({
    keyFolder: verifier.keyFolder,
    now: () => new Date(),
    log: (line) => {
      console.log(line);
    },
  });
  server.listen(verifier.port);
  await once(server, 'listening');
  console.log(`Verifying events on port ${verifier.port}.`);
  await once(process, 'SIGTERM');
  await delay(goodbye);
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  context: VerifierContext,
): Promise<void> {
  if (request.url === verifier.healthPath) {
    answer(response, 200, {});
    return;
  }
  if (request.method !== 'POST' || request.url !== `/${mlflowSignature}`) {
    answer(response, 404, {});
    return;
  }
  // The listener always says how long it is.
  const length = Number(request.headers['content-length']);
  if (!(length <= bodyLimit)) {
    context.log(`Refused an event that has not at most ${bodyLimit} bytes.`);
    answer(response, 413, {});
    return;
  }
  const event = parseRequest(await readBody(request));
  if (event === undefined) {
    answer(response, 400, {});
    return;
  }
  const reason = await refuse(event, context);
  // The listener asks about every event, also of senders that never sign like this.
  if (reason !== undefined && mlflowHeaders.signature in event.header)
    context.log(`Refused an event of ${event.interceptor_params[senderParam]}: ${reason}.`);
  answer(response, 200, {
    continue: reason === undefined,
    status: reason === undefined ? {} : { code: failedPrecondition, message: reason },
  });
}

/** No longer than its headers say: Node ends it there. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk); // No encoding is set.
  return Buffer.concat(chunks).toString('utf8');
}

function parseRequest(text: string): InterceptorRequest | undefined {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function refuse(
  { body, header, interceptor_params: params }: InterceptorRequest,
  { keyFolder, now }: VerifierContext,
): Promise<string | undefined> {
  const key = await readKey(join(keyFolder, params[senderParam]));
  // An empty key would sign for everybody.
  if (key === undefined || key.length === 0) return 'its Secret is not there, or empty';
  return refuseMlflowEvent({ headers: new Map(Object.entries(header)), body }, key, now());
}

/** Read for each event, because the kubelet renews it. */
async function readKey(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  // Nothing of a request is taken for the next one, and no caller keeps a connection that is closed while it asks again:
  // the listener would take that for a refusal, and how long it keeps one is not ours to know.
  const headers = { 'content-type': 'application/json', connection: 'close' };
  response.writeHead(status, headers).end(JSON.stringify(body));
}
