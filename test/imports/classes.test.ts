import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { AppProject, Application } from '../../imports/argoproj.io.js';
import { AlertmanagerConfig, PrometheusRule } from '../../imports/monitoring.coreos.com.js';
import { InferenceService } from '../../imports/serving.kserve.io.js';
import {
  Pipeline,
  PipelineRun,
  Task,
  TaskSpecSidecarsReadinessProbeHttpGetPort,
} from '../../imports/tekton.dev.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { goodObject } from '../validate/structure-cases.js';

const classes = {
  AlertmanagerConfig,
  AppProject,
  Application,
  InferenceService,
  Pipeline,
  PipelineRun,
  PrometheusRule,
  Task,
};
type Kind = keyof typeof classes;

const newChart = () => new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
const synth = (chart: Chart) => (Testing.synth(chart) as KubernetesObject[])[0];

describe.each(Object.keys(classes) as Kind[])('the generated class of %s', (kind) => {
  it('keeps every value of a typical object', () => {
    const { metadata, spec } = goodObject(kind);
    const chart = newChart();
    // Each constructor takes the props of its own kind; the fixture holds one of each.
    const Class = classes[kind] as new (scope: Construct, id: string, props: object) => unknown;
    new Class(chart, 'object', { metadata, spec: camelCase(spec) });
    expect(synth(chart)).toEqual(goodObject(kind));
  });

  it('is of the current version and has a plain name', () => {
    const { apiVersion } = goodObject(kind);
    expect(classes[kind].GVK).toEqual({ apiVersion, kind });
    expect(classes[kind].name).toBe(kind);
  });
});

/** The classes spell `repoURL` as `repoUrl` and `keep_firing_for` as `keepFiringFor`, and drop the original. */
function camelCase(spec: unknown): unknown {
  const text = JSON.stringify(spec).replaceAll('"repoURL":', '"repoUrl":');
  return JSON.parse(text.replaceAll('"keep_firing_for":', '"keepFiringFor":'));
}

describe('values that cdk8s import would drop without a word', () => {
  it('an expression is a string and stays', () => {
    const chart = newChart();
    new PrometheusRule(chart, 'rule', {
      spec: { groups: [{ name: 'group', rules: [{ record: 'a', expr: 'up == 0' }] }] },
    });
    expect(synth(chart)).toMatchObject({ spec: { groups: [{ rules: [{ record: 'a', expr: 'up == 0' }] }] } });
  });

  it('a quantity is a string and stays', () => {
    const chart = newChart();
    const computeResources = { requests: { cpu: '500m' }, limits: { memory: '1Gi' } };
    new Task(chart, 'task', { spec: { steps: [{ name: 'step', image: 'image', computeResources }] } });
    expect(synth(chart)).toMatchObject({ spec: { steps: [{ computeResources }] } });
  });

  it('a port is a number or a name, and both stay', () => {
    const port = TaskSpecSidecarsReadinessProbeHttpGetPort;
    const chart = newChart();
    new Task(chart, 'task', {
      spec: {
        steps: [{ name: 'step', image: 'image' }],
        sidecars: [port.fromNumber(8080), port.fromString('http')].map((each, index) => ({
          name: `sidecar-${index}`,
          image: 'image',
          readinessProbe: { httpGet: { port: each } },
        })),
      },
    });
    const { spec } = synth(chart) as unknown as {
      spec: { sidecars: { readinessProbe: { httpGet: { port: unknown } } }[] };
    };
    expect(spec.sidecars.map(({ readinessProbe }) => readinessProbe.httpGet.port)).toEqual([8080, 'http']);
  });
});
