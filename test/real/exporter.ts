import { startHttpServer } from './http-server.js';
import type { HttpServer } from './http-server.js';

/** A fake exporter of drift metrics, and of Tekton's count of admitted runs. */
export interface Exporter extends HttpServer {
  /** Sets the p-value of a feature. */
  set(feature: string, value: number): void;
  /** Counts one finished admit task. */
  countRun(): void;
}

export async function startExporter(features: readonly string[], healthy: number): Promise<Exporter> {
  const values = new Map(features.map((feature) => [feature, healthy]));
  let runs = 0;
  const server = await startHttpServer(({ path }) => ({
    status: 200,
    body: path === '/tekton' ? tektonMetrics(runs) : driftMetrics(values),
  }));
  return {
    ...server,
    set: (feature, value) => values.set(feature, value),
    countRun: () => {
      runs += 1;
    },
  };
}

function driftMetrics(values: ReadonlyMap<string, number>): string {
  return [...values]
    .map(([feature, value]) => `trustyai_meanshift{model="jukebox",subcategory="${feature}"} ${value}\n`)
    .join('');
}

/** Like Tekton's controller: a count exists only after the first run. */
function tektonMetrics(runs: number): string {
  const count = 'tekton_pipelines_controller_pipelinerun_taskrun_duration_seconds_count';
  const labels =
    'namespace="mlops-toolings",pipeline="retrain-jukebox",status="success",task="driftloop-admit"';
  const running = 'tekton_pipelines_controller_running_pipelineruns 0\n';
  return runs === 0 ? running : `${running}${count}{${labels}} ${runs}\n`;
}
