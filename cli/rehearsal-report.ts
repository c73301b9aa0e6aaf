import { runCauses } from '../charts/contract.js';
import { eventTriggerName, triggerName } from '../charts/conventions.js';
import { emitObject } from '../synth/emit.js';
import type { Hop, Rehearsal } from '../validate/rehearse/rehearsal.js';
import type { RehearsedSample } from '../validate/rehearse/rehearse-samples.js';

/** Whose alert is rehearsed. */
export interface RehearsalSubject {
  readonly model: string;
  readonly environment: string;
}

/** Did the request come to a run? */
export function outcomeOf({ created }: Rehearsal): 'run' | 'none' {
  return created.length > 0 ? 'run' : 'none';
}

/** Every hop and every object, for programs. */
export function describeRehearsal(subject: RehearsalSubject, rehearsal: Rehearsal): object {
  return { ...subject, outcome: outcomeOf(rehearsal), ...rehearsal };
}

/** One captured request, hop by hop, and what came of it. */
export function formatRehearsal(subject: RehearsalSubject, rehearsal: Rehearsal): string {
  const documents = rehearsal.created.map((object) => `---\n${emitObject(object)}`);
  const ending = documents.length === 0 ? ['Nothing starts.\n'] : ['Starts:\n', ...documents];
  return [...formatHops(subject, rehearsal.hops), '', ending.join('')].join('\n');
}

/** A line per sample; the one that starts a run is shown hop by hop. */
export function formatSamples(subject: RehearsalSubject, samples: readonly RehearsedSample[]): string {
  const shown = samples.find(({ rehearsal }) => outcomeOf(rehearsal) === 'run');
  const list = samples.map(({ sample, rehearsal }) => {
    const outcome = outcomeOf(rehearsal) === 'run' ? 'starts a run' : 'starts nothing';
    return `  ${sample.title.padEnd(60)} ${outcome}`;
  });
  const lines =
    shown === undefined ? [] : [`${shown.sample.title}:`, formatRehearsal(subject, shown.rehearsal)];
  return `${[...lines, 'All requests:', ...list].join('\n')}\n`;
}

/** Refusals by the Triggers of other models and environments are only counted. */
function formatHops({ model, environment }: RehearsalSubject, hops: readonly Hop[]): readonly string[] {
  const own = [triggerName(model, environment), ...runCauses.map((cause) => eventTriggerName(model, cause))];
  const others = hops.filter(
    ({ hop, subject, outcome }) =>
      hop === 'interceptor' && outcome === 'refused' && !own.some((name) => subject.endsWith(`/${name}`)),
  );
  const lines = hops
    .filter((hop) => !others.includes(hop))
    .map(
      ({ hop, outcome, subject, detail }) => `  ${hop.padEnd(12)} ${outcome.padEnd(8)} ${subject}: ${detail}`,
    );
  const refusals = `  (refused by ${others.length} other Trigger${others.length === 1 ? '' : 's'})`;
  return others.length === 0 ? lines : [...lines, refusals];
}
