import { planUnits } from '../../charts/units.js';
import type { UnitBlueprint } from '../../charts/unit.js';
import type { Workspace } from '../../config/model.js';
import { renderUnits } from '../../synth/render.js';
import type { Manifest } from '../../synth/manifest.js';
import { makeApplications } from '../../validate/application-sets.js';
import { kindOf, kinds } from '../../validate/cluster.js';
import { proveUnits } from '../../validate/prove-units.js';
import { jukeboxWorkspace } from '../charts/workspace-fixture.js';

function withStyle(style: 'applications' | 'applicationset'): readonly UnitBlueprint[] {
  const { platform } = jukeboxWorkspace;
  const workspace: Workspace = {
    ...jukeboxWorkspace,
    platform: { ...platform, argocd: { ...platform.argocd, style } },
  };
  return planUnits(workspace, new Map());
}

const indexed = withStyle('applicationset');
const ofModel = /jukebox\.json$|-test-jukebox\.json$/;

/** The index as somebody might have spoilt it. */
function spoil(pattern: RegExp, from: string, to: string): readonly UnitBlueprint[] {
  let spoilt = 0;
  const blueprints = indexed.map((blueprint) => ({
    ...blueprint,
    texts: (blueprint.texts ?? []).map(({ path, text }) => {
      if (!pattern.test(path) || !text.includes(from)) return { path, text };
      spoilt += 1;
      return { path, text: text.replaceAll(from, to) };
    }),
  }));
  expect(spoilt).toBeGreaterThan(0);
  return blueprints;
}

const find = (blueprints: readonly UnitBlueprint[]): readonly string[] =>
  proveUnits(blueprints).problems.map(({ code, message }) => `${code} ${message}`);

describe('an ApplicationSet', () => {
  it('makes the Applications of the other style, but for their finalizers', () => {
    const made = [...makeApplications([...renderUnits(indexed)]).values()].flat();
    const written = [...renderUnits(withStyle('applications'))]
      .flatMap(({ manifests }) => manifests)
      .filter(({ unit, object }) => unit.name === 'applications' && kindOf(object) === kinds.application);
    const describe = (manifests: readonly Manifest[]) => manifests.map(({ object }) => sort(object)).sort();
    expect(written.length).toBeGreaterThan(2);
    expect(describe(made)).toEqual(describe(written));
    expect(new Set(made.map(({ model }) => model))).toEqual(new Set([undefined, 'jukebox']));
  });

  it('is accepted as it is rendered', () => {
    expect(find(indexed)).toEqual([]);
  });

  it.each([
    [
      'reads a folder of nothing',
      'environments/test/jukebox',
      'environments/test/jukebux',
      'REFERENCE_APPLICATION',
    ],
    ['belongs to no project', '"project": "', '"project": "no-', 'REFERENCE_APPLICATION'],
    [
      'goes to a cluster that its project does not permit',
      'kubernetes.default.svc',
      'elsewhere.example.com',
      'REFERENCE_PROJECT',
    ],
  ])('is never accepted when an entry %s', (_what, from, to, code) => {
    expect(find(spoil(ofModel, from, to))).toContainEqual(expect.stringMatching(`^${code} `));
  });

  it('is never accepted when a project does not permit a kind of a unit that it delivers', () => {
    const narrowed = spoil(ofModel, 'mlops.environment-test', 'mlops.toolings');
    expect(find(narrowed)).toContainEqual(expect.stringMatching('^REFERENCE_PROJECT .*does not permit'));
  });

  it('is never accepted when the entry of what is shared reads a folder of nothing', () => {
    expect(find(spoil(/toolings\.json$/, '"folder": "toolings"', '"folder": "tools"'))).toContainEqual(
      expect.stringMatching('^REFERENCE_APPLICATION '),
    );
  });
});

/** As text with its keys in order; an empty one counts as absent, and finalizers are the difference. */
function sort(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (key === 'finalizers' || each === '') return undefined;
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
