// The targets, and whether this run reached them.

/** A target that was not measured in this run is neither reached nor missed. */
export function judge(results) {
  return [
    ...judgeCold(results),
    ...judgeStock(results),
    ...judgeGrowth(results),
    ...judgeChanges(results),
    atMost('`cdk8s synth` of one model, of an empty app', results.cdk8s.model / results.cdk8s.empty, 1.3),
    atMost('API schemas of 40,000 objects, s', results.structure.seconds, 0.3),
    atMost(`diff of ${results.diff.objects} objects in two environments, s`, results.diff.text.wall, 0.5),
    atMost(`${results.publishing.files} files added and committed, s`, results.publishing.added.wall, 1.5),
    atMost(
      `publish of one unit of a target of ${results.publishing.target} files, without the network, s`,
      results.publishing.changed.wall,
      0.2,
    ),
    judgePage('opened, ms', results.page.opened, 1000, results.page),
    judgePage('searched, ms', results.page.searched, 100, results.page),
    judgeRehearsal(results.rehearsal),
    ...judgeSteps(results),
    judgeFuzz(results.fuzz),
  ];
}

function judgeCold({ sizes }) {
  const found = sizes.find(({ size }) => size === 1000);
  const name = 'cold, 1000 models: of raw JSON';
  return [found === undefined ? skip(name, 4) : atMost(name, found.cold.cpu / found.json.seconds, 4)];
}

/** Stock cdk8s is too slow to be waited for at 1000 models: its two largest sizes tell how it grows. */
function judgeStock({ stock, sizes }) {
  const largest = stock.at(-1);
  const before = stock.at(-2);
  const ours = sizes.find(({ size }) => size === 1000);
  const name = 'faster than stock cdk8s';
  const ratio = largest.seconds / largest.cold.cpu;
  const measured = atLeast(`${name}, ${largest.size} models`, ratio, largest.size >= 1000 ? 30 : ratio);
  if (ours === undefined || before === undefined || largest.size >= 1000) return [measured];
  const exponent = exponentOf(before, largest, ({ seconds }) => seconds);
  const theirs = largest.seconds * (1000 / largest.size) ** exponent;
  const grown = `${name}, 1000 models (theirs computed: exponent ${exponent.toFixed(2)})`;
  return [measured, atLeast(grown, theirs / ours.cold.cpu, 30)];
}

function judgeGrowth({ sizes }) {
  const from = sizes.find(({ size }) => size >= 300);
  const to = sizes.findLast(({ size }) => size > (from?.size ?? Infinity));
  const time = 'cold time grows with models to the power of';
  const memory = 'peak MB, 5000 models';
  const large = sizes.find(({ size }) => size === 5000);
  return [
    from === undefined || to === undefined
      ? skip(time, 1.05)
      : atMost(
          `${time} (${from.size} to ${to.size})`,
          exponentOf(from, to, ({ cold }) => cold.cpu),
          1.05,
        ),
    large === undefined ? skip(memory, 200) : atMost(memory, large.cold.memory, 200),
  ];
}

function judgeChanges({ sizes, floor }) {
  const found = sizes.find(({ size }) => size === 1000);
  const cases = [
    ['nothing changed, 1000 models: start of Node plus ms', 50, found?.warm],
    ['one model changed, 1000 models: start of Node plus ms', 200, found?.changed],
  ];
  return cases.map(([name, limit, measured]) =>
    measured === undefined
      ? skip(name, limit)
      : atMost(name, (measured.wall - floor.start.wall) * 1000, limit),
  );
}

function judgeRehearsal([from, to]) {
  const exponent = exponentOf(from, to, ({ seconds }) => seconds);
  return atMost(`rehearsals grow with models to the power of (${from.size} to ${to.size})`, exponent, 1.05);
}

function judgePage(what, measured, limit, { objects }) {
  const name = `page of a diff of ${objects} objects ${what}`;
  return measured === undefined ? skip(name, limit) : atMost(name, measured, limit);
}

/** The step that renders loads all of driftloop; the slowest of the others stands for them. */
function judgeSteps({ steps, floor }) {
  const rendering = steps.filter(({ name }) => name === 'release');
  const others = steps.filter((step) => !rendering.includes(step));
  const judgeSlowest = (what, group) =>
    atMost(
      `start of ${what}: start of Node plus ms`,
      Math.max(...group.map(({ wall }) => wall - floor.start.wall)) * 1000,
      150,
    );
  return [judgeSlowest('a step', others), judgeSlowest('the step that renders', rendering)];
}

function judgeFuzz({ documents, equal }) {
  const name = 'fast paths equal to the slow ones in 100,000 documents each';
  if (documents < 100_000) return { name, measured: 'not measured in this run', verdict: '' };
  return { name, measured: `${documents} compared`, verdict: equal ? 'reached' : 'missed' };
}

function exponentOf(from, to, value) {
  return Math.log(value(to) / value(from)) / Math.log(to.size / from.size);
}

function atMost(name, value, limit) {
  return {
    name: `${name} ≤ ${limit}`,
    measured: round(value),
    verdict: value <= limit ? 'reached' : 'missed',
  };
}

function atLeast(name, value, limit) {
  const wanted = value === limit ? '' : ` ≥ ${limit}`;
  const verdict = value === limit ? '' : value >= limit ? 'reached' : 'missed';
  return { name: `${name}${wanted}`, measured: round(value), verdict };
}

function skip(name, limit) {
  return { name: `${name} ≤ ${limit}`, measured: 'not measured in this run', verdict: '' };
}

function round(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
