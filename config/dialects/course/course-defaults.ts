const internalRegistry = 'image-registry.openshift-image-registry.svc:5000';

/** What the exercises take for granted and no file of the tree says; `course.yaml` may say something else. */
export const courseDefaults = {
  profile: 'openshift',
  /** Name of the monitor that `charts/trustyai` and `charts/alerting` speak of. */
  monitor: 'trustyai',
  /** The image that the course's cluster is set up with is the Java service. */
  dialect: 'trustyai-java',
  /** The rule of `charts/alerting`, as the exercise explains it. */
  drift: { metric: 'meanshift', features: ['danceability'], threshold: 0.05, for: '10m' },
  /** Secret with the user's name and password for the Git server. */
  gitSecret: 'git-auth',
  /** Branch of `mlops-gitops` for what is rendered; `main` holds the tree. */
  targetBranch: 'driftloop',
  /** What the ApplicationSets take without `target_revision`. */
  chartRevision: 'main',
  /** Kinds that the exercises' charts create besides the usual ones. */
  chartKinds: (path: string) =>
    path.endsWith('helper-sealed-secrets') ? ['bitnami.com/SealedSecret'] : ['route.openshift.io/Route'],
  treeRepository: (server: string, user: string) => `https://${server}/${user}/mlops-gitops.git`,
  modelRepository: (server: string, user: string, model: string) => `https://${server}/${user}/${model}.git`,
  stepsImage: (user: string) => `${internalRegistry}/${user}-toolings/driftloop-steps:0.1.0`,
  /** Gitea in the cluster, where the course has it; what it sends must be signed. */
  forge: {
    name: 'gitea',
    source: { kind: 'gitea', namespace: 'gitea' },
    secret: { name: 'gitea-webhook', key: 'secret' },
  },
  /** By the flag of the pipeline. */
  checks: {
    unit_tests: {
      name: 'unit-tests',
      command: ['python', '-m', 'pytest', '-p', 'no:cacheprovider'],
      env: () => ({ PYTHONDONTWRITEBYTECODE: '1' }),
      token: undefined,
    },
    linting: {
      name: 'linting',
      command: ['python', '-m', 'flake8'],
      env: () => ({}),
      token: undefined,
    },
    static_code_analysis: {
      name: 'static-code-analysis',
      command: ['pysonar', '-Dsonar.qualitygate.wait=true', '-Dsonar.working.directory=/tekton/home/sonar'],
      env: (user: string) => ({ SONAR_HOST_URL: `http://sonarqube.${user}-toolings.svc:9000` }),
      token: 'SONAR_TOKEN',
    },
  },
  trainingCommand: ['python', 'train.py'],
  trainingImage: (user: string, model: string) => `${internalRegistry}/${user}-toolings/${model}-train:1.0.0`,
} as const;
