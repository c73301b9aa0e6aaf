import { z } from 'zod';
import type { KeyPath } from '../../load/key-path.js';
import type { Finding } from '../../problem-collector.js';
import { anyText, domain, flag, host, label, namespacePath, percent, version } from './course-values.js';

/** A Helm chart of the course: what may stand in the `config.yaml` that names it. */
export interface CourseChart<Schema extends z.ZodObject = z.ZodObject> {
  readonly path: string;
  readonly schema: Schema;
  /** Keys that say what is the same for the whole tree. */
  readonly facts: Readonly<Partial<Record<FactName, string>>>;
  /** Keys without effect. */
  readonly dead: readonly DeadKey[];
  /** What driftloop does not do for the chart yet; undefined: all of it is rendered. */
  readonly missing: Finding | undefined;
}

export type FactName = 'user' | 'domain' | 'gitServer';

export interface DeadKey {
  /** `*` stands for each item of a list. */
  readonly path: KeyPath;
  /** Continues a sentence that begins with the key. */
  readonly why: string;
  readonly hint: string;
}

const courseInstalls = "Let the course's ApplicationSet go on installing it.";

const notYet = (what: string): Finding => ({ message: `${what} not rendered yet.`, hint: courseInstalls });

/** Keys that the ApplicationSets read. */
const routing = {
  chart_path: anyText,
  repo_url: z.string().optional(),
  target_revision: anyText.optional(),
};

const userName = label(63).optional();

interface ChartParts<Shape extends z.ZodRawShape> {
  readonly keys: Shape;
  readonly facts?: CourseChart['facts'];
  readonly dead?: readonly DeadKey[];
  readonly missing?: Finding;
}

function defineChart<Shape extends z.ZodRawShape>(path: string, parts: ChartParts<Shape>) {
  const { keys, facts = {}, dead = [], missing } = parts;
  return { path, schema: z.strictObject({ ...routing, ...keys }), facts, dead, missing };
}

export const pipelines = defineChart('charts/pipelines', {
  keys: {
    USER_NAME: userName,
    cluster_domain: domain.optional(),
    git_server: host.optional(),
    alert_trigger: flag.optional(),
    apply_feature_changes: flag.optional(),
    unit_tests: flag.optional(),
    linting: flag.optional(),
    static_code_analysis: flag.optional(),
    static_code_analysis_secret: anyText.optional(),
    model_scanning: flag.optional(),
    image_scan: flag.optional(),
    image_signing: flag.optional(),
    generate_sboms: flag.optional(),
  },
  facts: { user: 'USER_NAME', domain: 'cluster_domain', gitServer: 'git_server' },
});

export const postDeployment = defineChart('charts/post-deployment-pipeline', {
  keys: { USER_NAME: userName, cluster_domain: domain.optional(), git_server: host.optional() },
  facts: { user: 'USER_NAME', domain: 'cluster_domain' },
  dead: [
    {
      path: ['git_server'],
      why: 'is not read by this chart',
      hint: 'Write it into the `config.yaml` of `charts/pipelines`.',
    },
  ],
});

export const alerting = defineChart('charts/alerting', {
  keys: {
    name: label(53).default('jukebox'),
    user: userName,
    cluster_domain: domain.optional(),
    alert_manager: flag.optional(),
  },
  facts: { user: 'user', domain: 'cluster_domain' },
});

export const bootstrap = defineChart('charts/bootstrap', {
  keys: {
    bindings: z.array(z.unknown()).optional(),
    namespaces: z
      .array(
        z.strictObject({
          name: label(63),
          labels: z.record(z.string(), z.string()).optional(),
          bindings: z
            .array(
              z.strictObject({
                name: anyText,
                kind: anyText,
                role: anyText,
                namespace: label(63).optional(),
              }),
            )
            .optional(),
        }),
      )
      .optional(),
  },
  dead: [
    {
      path: ['namespaces', '*', 'labels'],
      why: 'is not read: driftloop gives namespaces the labels they need',
      hint: 'Remove it.',
    },
  ],
});

const model = {
  name: label(53).default('jukebox'),
  version: version.default('latest'),
  image_repository: host.default('quay.io'),
  image_namespace: namespacePath.default('rhoai-mlops'),
  autoscaling: flag.optional(),
  keda: flag.optional(),
  canary: z.strictObject({ trafficPercent: percent.optional() }).optional(),
};

export const simpleModel = defineChart('charts/model-deployment/simple', { keys: model });
export const transformerModel = defineChart('charts/model-deployment/music-transformer', { keys: model });
export const feastModel = defineChart('charts/model-deployment/music-transformer-with-feast', {
  keys: {
    ...model,
    feast_server_url: anyText,
    feature_service: anyText,
    entity_id_name: anyText,
  },
});

export const trustyai = defineChart('charts/trustyai', { keys: {} });

export const grafana = defineChart('charts/grafana', {
  missing: {
    message:
      "Grafana itself is not rendered: the dashboards look for the course's, by its label `dashboards: grafana`.",
    hint: `${courseInstalls} A data source that sees one environment only needs \`platform: { dashboards: { prometheus: … } }\` in \`course.yaml\`.`,
  },
  keys: { operator: flag.optional(), ignoreHelmHooks: flag.optional(), include_trusty: flag.optional() },
  dead: [
    {
      path: ['operator'],
      why: 'asks for an operator, which driftloop does not install',
      hint: 'Install the Grafana operator once for the cluster, and remove the key.',
    },
    {
      path: ['ignoreHelmHooks'],
      why: 'is about Helm hooks, of which driftloop has none',
      hint: 'Remove it.',
    },
  ],
});

/** A chart that is recognised, and rendered by nobody yet; its values are its own business. */
function laterChart(path: string, missing: Finding, facts: CourseChart['facts'] = {}): CourseChart {
  return { path, schema: z.looseObject(routing), facts, dead: [], missing };
}

const feastFacts = { user: 'USER_NAME', gitServer: 'git_server' } as const;

const laterCharts: readonly CourseChart[] = [
  laterChart('charts/minio', notYet('The object store and its buckets are')),
  laterChart('charts/dspa', notYet('The Data Science Pipelines server is')),
  laterChart('charts/model-registry', notYet('The model registry is'), {
    user: 'name',
    domain: 'cluster_domain',
  }),
  laterChart('charts/feast', notYet('The feature store is'), feastFacts),
  laterChart('charts/feast-database', notYet("The feature store's database is"), feastFacts),
  laterChart('charts/database', notYet('The database is')),
  laterChart('charts/feast-ui', {
    message: 'The user interface of the feature store is not rendered: the course has removed its chart.',
    hint: '`charts/feast` replaced it; remove this app.',
  }),
];

/** In the order in which their facts count. */
export const courseCharts: readonly CourseChart[] = [
  pipelines,
  postDeployment,
  alerting,
  bootstrap,
  simpleModel,
  transformerModel,
  feastModel,
  trustyai,
  grafana,
  ...laterCharts,
];

export const modelCharts = [simpleModel, transformerModel, feastModel] as const;
