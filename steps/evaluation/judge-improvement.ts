import type { ChampionPolicy, Improvement } from '../../config/model.js';
import type { Rival } from './champion.js';
import type { Measurement } from './measurement.js';
import { clean, formatNumber } from './verdict.js';
import { testWelch } from './welch.js';

export interface ImprovementVerdict {
  /** Value of the champion, where there is one to compare with. */
  readonly champion: number | undefined;
  /** undefined: it is better, or need not be compared. */
  readonly failure: string | undefined;
  /** The policy lets it pass although nothing was compared. */
  readonly uncompared: boolean;
}

/** Is the metric as much better than the champion's as the gate asks? */
export function judgeImprovement(
  metric: string,
  improvement: Improvement,
  measured: Measurement,
  rival: Rival,
  policy: ChampionPolicy,
): ImprovementVerdict {
  const found = rival.kind === 'none' ? { fault: rival.why } : rival.measure(metric);
  if ('fault' in found || rival.kind === 'none') {
    const why = 'fault' in found ? found.fault : '';
    const failure = `${metric} cannot be compared with the champion: ${rival.kind === 'none' ? why : `its ${metric} ${why}`}`;
    const passes = policy.first === 'pass';
    return { champion: undefined, failure: passes ? undefined : failure, uncompared: passes };
  }
  const champion = found.value;
  const told = { champion: champion.value, uncompared: false };
  if (policy.data === 'same' && !rival.sameData) {
    return { ...told, failure: `${metric} cannot be compared with the champion: ${rival.otherData}` };
  }
  return { ...told, failure: compare(metric, improvement, measured, champion) };
}

/** What the gate asks for, in words. */
export function describeImprovement({ minImprovement, tolerance, test }: Improvement): string {
  const chance = test === undefined ? '' : ` (p at most ${test.significance})`;
  if (tolerance !== undefined) return `at most ${tolerance} worse than the champion${chance}`;
  const amount = minImprovement === undefined ? '' : ` by at least ${minImprovement}`;
  return `better than the champion${amount}${chance}`;
}

/** Why it is not good enough; every comparison is written so that NaN fails it. */
function compare(
  metric: string,
  improvement: Improvement,
  measured: Measurement,
  champion: Measurement,
): string | undefined {
  const { better, minImprovement, tolerance, test } = improvement;
  const sign = better === 'higher' ? 1 : -1;
  const gain = clean(sign * (measured.value - champion.value));
  const margin = minImprovement ?? (tolerance === undefined ? 0 : -tolerance);
  const enough = minImprovement === undefined && tolerance === undefined ? gain > 0 : gain >= margin;
  if (!enough) {
    const values = `${formatNumber(measured.value)}, and ${formatNumber(champion.value)} for the champion`;
    return `${metric} is ${values}, wanted ${describeImprovement(improvement)}`;
  }
  return test === undefined ? undefined : judgeChance(metric, { test, margin, sign }, measured, champion);
}

interface ChanceQuestion {
  readonly test: NonNullable<Improvement['test']>;
  readonly margin: number;
  /** -1 where lower is better. */
  readonly sign: number;
}

function judgeChance(
  metric: string,
  { test, margin, sign }: ChanceQuestion,
  measured: Measurement,
  champion: Measurement,
): string | undefined {
  const wanted = `wanted at least ${test.minSamples}`;
  const [own, other] = [measured.spread, champion.spread];
  if (own === undefined || own.count < test.minSamples)
    return `${metric} has ${own?.count ?? 'no'} samples, ${wanted}`;
  if (other === undefined || other.count < test.minSamples)
    return `${metric} of the champion has ${other?.count ?? 'no'} samples, ${wanted}`;
  const { pValue, effect } = testWelch(
    { mean: sign * measured.value, ...own },
    { mean: sign * champion.value, ...other },
    margin,
  );
  if (!(pValue <= test.significance))
    return `${metric} may be better by chance only (p = ${formatShort(pValue)}, wanted at most ${test.significance})`;
  if (test.minEffect === 0 || effect >= test.minEffect) return undefined;
  return `${metric} is better by ${formatShort(effect)} standard deviations only, wanted at least ${test.minEffect}`;
}

function formatShort(value: number): string {
  return String(Number(value.toPrecision(3)));
}
