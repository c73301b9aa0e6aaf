import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { rehearse } from '../../validate/rehearse/rehearse.js';
import { startHttpServer } from './http-server.js';
import type { HttpServer } from './http-server.js';

/** Stands in for EventListener and API server: rehearses each request and keeps what would be created. */
export interface Listener extends HttpServer {
  /** PipelineRuns that exist, in the order they were created. */
  readonly runs: readonly string[];
  /** Requests that would have created a run that exists. */
  readonly repeats: number;
  /** Requests answered with 503 during an outage. */
  readonly turnedAway: number;
  /** Hops that failed in another way; there should be none. */
  readonly failures: readonly string[];
  setOutage(outage: boolean): void;
}

export async function startListener(
  manifests: readonly Manifest[],
  token: string,
  onRun: () => void,
): Promise<Listener> {
  const runs: string[] = [];
  const failures: string[] = [];
  const state = { repeats: 0, turnedAway: 0, outage: false };
  const server = await startHttpServer(({ headers, body }) => {
    if (state.outage) {
      state.turnedAway += 1;
      return { status: 503 };
    }
    const { status, hops, created } = rehearse(manifests, { headers, body }, { token });
    failures.push(
      ...hops.flatMap(({ hop, outcome, detail }) => (outcome === 'failed' ? [`${hop}: ${detail}`] : [])),
    );
    for (const object of created) {
      const name = describeObject(object);
      if (runs.includes(name)) {
        state.repeats += 1;
      } else {
        runs.push(name);
        onRun();
      }
    }
    return { status };
  });
  return {
    ...server,
    runs,
    failures,
    get repeats() {
      return state.repeats;
    },
    get turnedAway() {
      return state.turnedAway;
    },
    setOutage: (outage) => {
      state.outage = outage;
    },
  };
}
