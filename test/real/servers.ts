import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { waitFor } from './wait.js';

/** A program that serves HTTP on loopback. */
export interface RunningServer {
  readonly url: string;
  /** Kills it without a chance to save anything, like a lost Pod. */
  kill(): Promise<void>;
}

/** A folder that is gone when the test is over. */
export function makeScratch(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'driftloop-real-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface PrometheusOptions {
  readonly binary: string;
  readonly folder: string;
  /** Text of the rules file. */
  readonly rules: string;
  /** `host:port` of Alertmanager. */
  readonly alertmanager: string;
  /** Targets with the labels a ServiceMonitor would give them. */
  readonly scrapes: readonly ScrapeTarget[];
}

export interface ScrapeTarget {
  readonly job: string;
  readonly target: string;
  readonly path: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Prometheus with one-second intervals. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningServer> {
  const { folder, scrapes } = options;
  const config = join(folder, 'prometheus.yaml');
  writeFileSync(join(folder, 'rules.yaml'), options.rules);
  writeFileSync(
    config,
    stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.yaml'],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [options.alertmanager] }] }] },
      scrape_configs: scrapes.map(({ job, target, path, labels }) => ({
        job_name: job,
        metrics_path: path,
        static_configs: [{ targets: [target], labels }],
      })),
    }),
  );
  const port = await freePort();
  return startServer(
    options.binary,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--rules.alert.resend-delay=1s',
      '--log.level=warn',
    ],
    port,
  );
}

/** Alertmanager without anything it remembered before. */
export async function startAlertmanager(
  binary: string,
  folder: string,
  config: string,
  port: number,
): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'alertmanager.yaml');
  writeFileSync(file, config);
  return startServer(
    binary,
    [
      `--config.file=${file}`,
      `--storage.path=${mkdtempSync(join(folder, 'data-'))}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=error',
    ],
    port,
  );
}

async function startServer(binary: string, args: readonly string[], port: number): Promise<RunningServer> {
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
  const url = `http://127.0.0.1:${port}`;
  const kill = () => killProcess(child);
  try {
    await waitFor(`${binary} to be ready`, () => {
      if (child.exitCode !== null) throw new Error(`${binary} ended: ${complaints.join('')}`);
      return isReady(`${url}/-/ready`);
    });
  } catch (error) {
    await kill();
    throw error;
  }
  return { url, kill };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** The value of a query that has one series; undefined when it has none. */
export async function queryPrometheus(url: string, query: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  const value = data.result[0]?.value[1];
  return value === undefined ? undefined : Number(value);
}
