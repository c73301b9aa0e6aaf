import { goodTree } from './course-tree.js';

type Files = Readonly<Record<string, string>>;

const start: Files = {
  'toolings/bootstrap/config.yaml': `chart_path: charts/bootstrap
bindings: &crew
  - name: mira
    kind: User
    role: admin
  - name: night-shift
    kind: Group
    role: view
namespaces:
  - name: user1-test
    bindings: *crew
  - name: user1-prod
    bindings:
      - name: night-shift
        kind: Group
        role: view
`,
  'toolings/minio/config.yaml': 'chart_path: charts/minio\nbuckets:\n  - name: models',
  'model-deployments/test/jukebox/config.yaml': '---\n',
  'model-deployments/prod/jukebox/config.yaml': '---\n',
};

const alerting: Files = {
  ...start,
  ...goodTree,
  'toolings/bootstrap/config.yaml': start['toolings/bootstrap/config.yaml'] ?? '',
  'toolings/grafana/config.yaml': 'chart_path: charts/grafana\ninclude_trusty: true\n',
  'toolings/dspa/config.yaml': 'chart_path: charts/dspa\n',
  'model-deployments/prod/alerting/config.yaml': `chart_path: charts/alerting
name: jukebox
user: user1
cluster_domain: apps.cluster.example.com
`,
  ...userInterface('test', '1.2'),
  ...userInterface('prod', '1.2'),
};

const serving: Files = {
  ...alerting,
  ...model('test', 'music-transformer', 'version: 1234567890\nautoscaling: true\n'),
  ...model('prod', 'music-transformer', 'version: 4562117e17\n'),
};

const featureStore: Files = {
  ...serving,
  ...model(
    'test',
    'music-transformer-with-feast',
    `version: 0123456
canary:
  trafficPercent: 0
feast_server_url: http://feast-server-feast-feature-server.user1-toolings.svc.cluster.local:80
feature_service: serving_fs
entity_id_name: song_id
`,
  ),
  ...userInterface('test', '1.4', 'search_as_default: true\n'),
  'toolings/feast-server/config.yaml': `repo_url: https://charts.example.com/feast.git
target_revision: v0.40.1
chart_path: infra/charts/feast-feature-server
replicas: 2
`,
};

const final: Files = {
  ...featureStore,
  'toolings/ct-pipeline/config.yaml': `chart_path: charts/pipelines
USER_NAME: user1
cluster_domain: apps.cluster.example.com
git_server: git.example.com
alert_trigger: true
unit_tests: true
linting: "true"
static_code_analysis: yes
static_code_analysis_secret: sonarqube-auth
model_scanning: true
image_scan: true
`,
  'toolings/sealed-secrets/config.yaml': `repo_url: https://charts.example.com/helm-charts.git
chart_path: charts/helper-sealed-secrets
secrets:
  - name: sonarqube-auth
    type: Opaque
    data:
      username: AgBk9wqzP+Y71shq...
      password: AgAo2hvD93kk3NfJ...
`,
};

/** A GitOps tree as it grows with the chapters. */
export const stages: Readonly<Record<string, Files>> = { start, alerting, serving, featureStore, final };

function model(environment: string, chart: string, more: string): Files {
  const text = `---
chart_path: charts/model-deployment/${chart}
name: jukebox
image_repository: registry.example.com:5000
image_namespace: user1-test
${more}`;
  return { [`model-deployments/${environment}/jukebox/config.yaml`]: text };
}

function userInterface(environment: string, version: string, more = ''): Files {
  const text = `repo_url: https://git.example.com/user1/jukebox-ui
chart_path: chart
model_endpoint: https://jukebox-user1-${environment}.apps.cluster.example.com
model_name: jukebox
image: registry.example.com/jukebox-ui:${version}
${more}`;
  return { [`model-deployments/${environment}/jukebox-ui/config.yaml`]: text };
}
