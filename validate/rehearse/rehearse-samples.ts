import type { Problem } from '../../problems/problem.js';
import { labels } from '../../charts/conventions.js';
import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';
import { rehearseOn } from './rehearse.js';
import type { Hop, Rehearsal } from './rehearsal.js';
import { sampleRequests, sampleToken } from './sample-requests.js';
import type { SampleRequest } from './sample-requests.js';
import { prepareStage } from './stage.js';
import type { Stage } from './stage.js';

/** A sample and what became of it. */
export interface RehearsedSample {
  readonly sample: SampleRequest;
  readonly rehearsal: Rehearsal;
}

export interface RehearsedSamples {
  readonly samples: readonly RehearsedSample[];
  /** Outcomes that differ from what must happen. */
  readonly problems: readonly Problem[];
}

/** Sends every sample of a model in an environment through the chain. */
export function rehearseSamples(
  manifests: readonly Manifest[],
  model: string,
  environment: string,
): RehearsedSamples {
  return rehearseSamplesOn(prepareStage(manifests), model, environment);
}

/** The same for somebody who rehearses more than one model. */
export function rehearseSamplesOn(stage: Stage, model: string, environment: string): RehearsedSamples {
  const subject = { model, environment };
  const samples: RehearsedSample[] = [];
  for (const sample of sampleRequests(stage, model, environment)) {
    samples.push({ sample, rehearsal: rehearseSample(stage, sample, samples) });
  }
  if (samples.length === 0) return { samples, problems: [reportNothing(subject)] };
  return { samples, problems: samples.flatMap((rehearsed) => judge(rehearsed, subject)) };
}

function rehearseSample(stage: Stage, sample: SampleRequest, before: readonly RehearsedSample[]): Rehearsal {
  const existing = before
    .filter((earlier) => sample.after.includes(earlier.sample.name))
    .flatMap((earlier) => earlier.rehearsal.created.map(describeObject));
  return rehearseOn(stage, sample.request, { token: sampleToken, existing: new Set(existing) });
}

interface Subject {
  readonly model: string;
  readonly environment: string;
}

function reportNothing({ model, environment }: Subject): Problem {
  return {
    code: 'REHEARSE_ALERT',
    severity: 'error',
    message: `model ${model} has no alert in ${environment} that a route sends to a listener.`,
    hint: 'Is `retrain` among the actions of one of its detectors?',
  };
}

function judge({ sample, rehearsal }: RehearsedSample, subject: Subject): readonly Problem[] {
  const wrong = describeMistake(sample, rehearsal, subject);
  if (wrong === undefined) return rehearsal.problems;
  const where = `Rehearsal of ${subject.model} in ${subject.environment}, "${sample.title}"`;
  return [{ ...wrong, severity: 'error', message: `${where}: ${wrong.message}` }, ...rehearsal.problems];
}

function describeMistake(
  { expected }: SampleRequest,
  { created, hops, status }: Rehearsal,
  subject: Subject,
): Pick<Problem, 'code' | 'message'> | undefined {
  const names = created.map(describeObject).join(', ');
  if (expected.runs === 0 && created.length > 0) {
    return { code: 'REHEARSE_RUN_UNWANTED', message: `nothing must start, but ${names} did.` };
  }
  if (expected.runs > 0 && created.length === 0) {
    return { code: 'REHEARSE_RUN_MISSING', message: `one run must start, none did: ${explain(hops)}.` };
  }
  const [run, ...others] = created;
  if (run !== undefined && (others.length > 0 || !isRunOf(run, subject))) {
    return { code: 'REHEARSE_RUN_WRONG', message: `one run of the model must start, ${names} did.` };
  }
  if (status !== expected.status) {
    return {
      code: 'REHEARSE_RUN_WRONG',
      message: `the caller gets ${status} instead of ${expected.status}.`,
    };
  }
  return undefined;
}

function isRunOf(object: KubernetesObject, { model, environment }: Subject): boolean {
  const own = object.metadata.labels ?? {};
  return (
    object.kind === 'PipelineRun' && own[labels.model] === model && own[labels.environment] === environment
  );
}

/** The stations that stopped the request, the most telling first. */
function explain(hops: readonly Hop[]): string {
  const stops = [
    ...hops.filter((hop) => hop.outcome === 'failed'),
    ...hops.filter((hop) => hop.outcome === 'refused'),
  ];
  return stops.map((hop) => `${hop.subject}: ${hop.detail}`).join('; ');
}
