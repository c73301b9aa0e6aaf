import { ApiObject, App } from 'cdk8s';
import type { Construct } from 'constructs';
import { DriftloopChart } from '../../charts/driftloop-chart.js';
import type { ChartBlueprint, UnitBlueprint } from '../../charts/unit.js';
import { renderUnits } from '../../synth/render.js';

const unit = {
  name: 'test/jukebox',
  directory: 'environments/test/jukebox',
  environment: 'test',
  model: 'jukebox',
};

class TestChart extends DriftloopChart {
  constructor(
    scope: Construct,
    id: string,
    objects: readonly (readonly [kind: string, name: string | undefined])[],
  ) {
    super(scope, id, { namespace: 'mlops-test' });
    objects.forEach(([kind, name], index) => {
      new ApiObject(this, `object-${index}`, {
        apiVersion: 'v1',
        kind,
        metadata: name === undefined ? {} : { name },
      });
    });
  }
}

function chart(
  capability: string,
  ...objects: readonly (readonly [string, string | undefined])[]
): ChartBlueprint {
  return { capability, create: (scope) => new TestChart(scope, capability, objects) };
}

function blueprint(...charts: readonly ChartBlueprint[]): UnitBlueprint {
  return { unit, charts };
}

describe('renderUnits', () => {
  it('gives one file per chart, and the texts of the unit, sorted by path', () => {
    const [rendered] = renderUnits([
      {
        ...blueprint(chart('serving', ['Service', 'jukebox']), chart('alerts', ['ConfigMap', 'jukebox'])),
        texts: [{ path: 'README.md', text: '# Jukebox\n' }],
      },
    ]);
    expect(rendered?.files.map(({ path }) => path)).toEqual([
      'environments/test/jukebox/README.md',
      'environments/test/jukebox/alerts.k8s.yaml',
      'environments/test/jukebox/serving.k8s.yaml',
    ]);
    expect(
      rendered?.manifests.map(({ file, object }) => [file, object.kind, object.metadata.namespace]),
    ).toEqual([
      ['environments/test/jukebox/serving.k8s.yaml', 'Service', 'mlops-test'],
      ['environments/test/jukebox/alerts.k8s.yaml', 'ConfigMap', 'mlops-test'],
    ]);
  });

  it('sorts the objects of a file by identity, so that moving code about changes nothing', () => {
    const objects = [
      ['Service', 'b'],
      ['ConfigMap', 'z'],
      ['Service', 'a'],
    ] as const;
    const texts = [objects, [...objects].reverse()].map(
      (order) => [...renderUnits([blueprint(chart('all', ...order))])][0]?.files[0]?.text,
    );
    expect(texts[0]).toBe(texts[1]);
    expect([...(texts[0] ?? '').matchAll(/name: (\w)/g)].map(([, name]) => name)).toEqual(['z', 'a', 'b']);
  });

  it('writes no file for a chart without objects', () => {
    expect([...renderUnits([blueprint(chart('empty'))])][0]?.files).toEqual([]);
  });

  it('creates no chart before its unit is asked for', () => {
    let created = 0;
    const counting: ChartBlueprint = {
      capability: 'counting',
      create: (scope) => {
        created += 1;
        return new TestChart(scope, 'counting', []);
      },
    };
    const units = renderUnits([blueprint(counting), blueprint(counting)]);
    expect(created).toBe(0);
    units.next();
    expect(created).toBe(1);
  });

  it('never lets cdk8s make up a name, which would change with the code', () => {
    expect(() => [...renderUnits([blueprint(chart('alerts', ['Service', undefined]))])]).toThrow(
      'alerts/object-0 needs an explicit metadata.name',
    );
  });

  it('never lets two charts of a unit share a file', () => {
    const twice = blueprint(chart('alerts', ['Service', 'a']), chart('alerts', ['Service', 'b']));
    expect(() => [...renderUnits([twice])]).toThrow('two charts called alerts');
  });

  it('reports what a construct says about itself', () => {
    const broken: ChartBlueprint = {
      capability: 'broken',
      create: (scope) => {
        const made = new TestChart(scope, 'broken', []);
        made.node.addValidation({ validate: () => ['a Pod needs a container'] });
        return made;
      },
    };
    expect(() => [...renderUnits([blueprint(broken)])]).toThrow('chart broken: a Pod needs a container');
  });

  it('gives the objects that a stock cdk8s App would give', () => {
    const [rendered] = renderUnits([blueprint(chart('alerts', ['Service', 'a'], ['ConfigMap', 'b']))]);
    const stock = new TestChart(new App(), 'alerts', [
      ['ConfigMap', 'b'],
      ['Service', 'a'],
    ]);
    expect(rendered?.manifests.map(({ object }) => object)).toEqual(stock.toJson());
  });
});
