import type { Construct } from 'constructs';
import type { Model, Platform, Training } from '../../../config/model.js';
import { Trigger } from '../../../imports/triggers.tekton.dev.js';
import type { TriggerInterceptor } from '../../../imports/triggers.tekton.dev.js';
import type { RunCause } from '../../contract.js';
import { eventTriggerName, labels, runNamePrefix, syncWave } from '../../conventions.js';
import { describeRun } from '../run-template.js';
import type { RunStart } from '../run-template.js';

/** One way to start a run besides alerts. */
export interface EventTrigger {
  readonly cause: RunCause;
  /** Name of the EventListener that runs it. */
  readonly listener: string;
  /** Makes sure who sends, before anything else looks at the event; undefined: a condition does. */
  readonly verifier: TriggerInterceptor | undefined;
  /** CEL; all must hold. */
  readonly conditions: readonly string[];
  readonly values: EventValues;
}

/** All that leaves an event, as CEL for when the conditions hold: texts reduced to harmless characters. */
export interface EventValues {
  /** End of the run's name, at most `runNameSuffixLength` characters; the same when the event is sent again. */
  readonly run: string;
  /** Value of a label by which people find the event. */
  readonly event: string;
  /** Of events about one commit: 40 or 64 hexadecimal digits. */
  readonly commit?: string;
  /** Its branch, one of those the conditions name. */
  readonly branch?: string;
}

export function buildEventTrigger(
  scope: Construct,
  platform: Platform,
  model: Model,
  training: Training,
  planned: EventTrigger,
): void {
  const overlays = listOverlays(planned.values);
  const names = overlays.map(({ key }) => key);
  const start = describeStart(model, planned);
  new Trigger(scope, `event.${planned.cause}`, {
    metadata: {
      name: eventTriggerName(model.name, planned.cause),
      labels: {
        [labels.listener]: planned.listener,
        [labels.model]: model.name,
        [labels.environment]: start.environment,
      },
      annotations: { [syncWave.annotation]: syncWave.triggers },
    },
    spec: {
      interceptors: [...(planned.verifier === undefined ? [] : [planned.verifier]), selectEvents(planned)],
      bindings: names.map((name) => ({ name, value: `$(extensions.${name})` })),
      template: {
        spec: {
          params: names.map((name) => ({ name })),
          resourcetemplates: [describeRun(platform, model, training, start)],
        },
      },
    },
  });
}

/** The environment that receives releases: the first, as they stand in the order of promotion. */
function describeStart(model: Model, { cause, values }: EventTrigger): RunStart {
  const environment = model.deployments[0]?.environment.name;
  if (environment === undefined) throw new Error(`model ${model.name} is in no environment`);
  const start = {
    startedBy: cause,
    environment,
    name: `${runNamePrefix(model.name, cause)}$(tt.params.run)`,
    event: '$(tt.params.event)',
  };
  if (values.commit === undefined) return start;
  const [branch, commit] = ['$(tt.params.branch)', '$(tt.params.commit)'];
  return { ...start, source: { branch, commit, commitLabel: '$(tt.params.commitLabel)' } };
}

function selectEvents({ cause, conditions, values }: EventTrigger): TriggerInterceptor {
  return {
    name: cause,
    ref: { name: 'cel', kind: 'ClusterInterceptor' },
    params: [
      { name: 'filter', value: conditions.join(' &&\n') },
      { name: 'overlays', value: listOverlays(values) },
    ],
  };
}

function listOverlays({ run, event, commit, branch }: EventValues): { key: string; expression: string }[] {
  const all = { run, event, branch, commit, commitLabel: commit && `${commit}.truncate(40)` };
  return Object.entries(all).flatMap(([key, expression]) =>
    expression === undefined ? [] : [{ key, expression }],
  );
}
