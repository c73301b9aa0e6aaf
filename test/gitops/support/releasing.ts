import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Release } from '../../../config/release.js';
import { promote } from '../../../gitops/release/promote.js';
import type { PromoteRequest } from '../../../gitops/release/promote.js';
import type { RecordResult } from '../../../gitops/release/record-delivery.js';
import { release } from '../../../gitops/release/release.js';
import type { ReleaseRequest } from '../../../gitops/release/release.js';
import { rollback } from '../../../gitops/release/rollback.js';
import type { RollbackRequest } from '../../../gitops/release/rollback.js';
import { verify } from '../../../gitops/release/verify.js';
import type { VerifyRequest } from '../../../gitops/release/verify.js';
import type { Checked } from '../../../problems/problem.js';
import { publishUnits, source, succeeded } from './publishing.js';
import { bareRepository, readFrom, temporaryFolder } from './repository.js';
import { object, unit, workspace } from './units.js';

export const imageOf = (version: string) =>
  `oci://registry.example.com/jukebox/model@sha256:${Buffer.from(version).toString('hex').padStart(64, '0')}`;

const render: ReleaseRequest['render'] = (releases) => ({
  value: ['test', 'prod'].map((environment) =>
    unit(`${environment}/jukebox`, {
      'model-serving': [
        object('jukebox', { data: { image: releases.get(`${environment}/jukebox`)?.image ?? 'initial' } }),
      ],
    }),
  ),
  problems: [],
});

/** A published workspace with model jukebox in test and prod; every command takes one minute. */
export class Releasing {
  private minutes = 0;

  constructor(readonly repository: string = bareRepository()) {}

  static async start(repository?: string): Promise<Releasing> {
    const started = new Releasing(repository);
    await succeeded(publishUnits(started.repository, [], { ...started.basics(), render }));
    return started;
  }

  /** The same state in a repository of its own, for tests that begin alike. */
  copy(): Releasing {
    const repository = join(temporaryFolder(), 'copy.git');
    cpSync(this.repository, repository, { recursive: true });
    const copy = new Releasing(repository);
    copy.minutes = this.minutes;
    return copy;
  }

  release(version: string, environment = 'test', more: Partial<ReleaseRequest> = {}) {
    const record: Release = {
      model: 'jukebox',
      environment,
      version,
      image: imageOf(version),
      releasedAt: this.time(1).toISOString(),
      by: `run-${version}`,
      commit: undefined,
      metrics: { accuracy: 0.9 },
    };
    return release({ ...this.basics(), release: record, ...more });
  }

  verify(version: string, environment = 'test', more: Partial<VerifyRequest> = {}) {
    const record = { model: 'jukebox', environment };
    return verify({ ...this.basics(), record, version, by: 'smoke-test', ...more });
  }

  promote(more: Partial<PromoteRequest> = {}) {
    return promote({ ...this.basics(), model: 'jukebox', from: 'test', to: 'prod', by: 'ada', ...more });
  }

  rollback(environment = 'prod', more: Partial<RollbackRequest> = {}) {
    const record = { model: 'jukebox', environment };
    return rollback({ ...this.basics(), record, by: 'grace', ...more });
  }

  /** Releases to test, verifies, and promotes to prod. */
  async bring(...versions: readonly string[]): Promise<void> {
    for (const version of versions) {
      await done(this.release(version));
      await done(this.verify(version));
      await done(this.promote({ version }));
    }
  }

  record(environment: string): unknown {
    return parse(readFrom(this.repository, `releases/${environment}/jukebox.yaml`));
  }

  served(environment: string): string {
    return readFrom(this.repository, `environments/${environment}/jukebox/model-serving.k8s.yaml`);
  }

  private time(passing = 0): Date {
    this.minutes += passing;
    return new Date(Date.parse('2026-11-21T12:00:00Z') + this.minutes * 60_000);
  }

  basics() {
    const now = this.time(1);
    return {
      workspace,
      remote: { url: this.repository, credentials: undefined },
      branch: 'main',
      source,
      render,
      lockDirectory: join(temporaryFolder(), 'locks'),
      clock: {
        now: () => now,
        wait: () => new Promise<void>((resolve) => setImmediate(resolve)),
        random: () => 0.5,
      },
    };
  }
}

/** The result, where problems would be a failure of the test. */
export async function done(outcome: Promise<Checked<RecordResult>>): Promise<RecordResult> {
  const { value, problems } = await outcome;
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

/** Codes of why it was refused. */
export async function refused(outcome: Promise<Checked<unknown>>): Promise<readonly string[]> {
  const { value, problems } = await outcome;
  if (value !== undefined) throw new Error('it was not refused');
  for (const { hint, message } of problems) {
    expect(hint).toMatch(/^[^a-z].*[.?]$/s);
    expect(message).not.toMatch(/undefined/);
  }
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}
