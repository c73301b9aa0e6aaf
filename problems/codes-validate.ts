/** Codes of problems found by validate/. */
export const validateCodes = {
  CEL_EXPRESSION: {
    meaning: 'A CEL expression of a Trigger cannot be parsed, or its types do not fit.',
    cause:
      'Usually `training.when` of a model: a wrong function, a missing quote, or a number compared with a text. Tekton Triggers evaluates with `body`, `header`, `extensions` and `requestURL`.',
  },
  CEL_EXTENSION: {
    meaning: 'A binding takes a value that no overlay of the Trigger makes.',
    cause: 'The name behind `extensions.` and the key of the overlay differ.',
  },
  TEKTON_CYCLE: {
    meaning: 'Tasks of a Pipeline wait for each other in a circle.',
    cause: 'A task uses a result of, or has runAfter on, a task that itself waits for it.',
  },
  TEKTON_DUPLICATE: {
    meaning: 'A name is used twice where it must be unique.',
    cause: 'Two tasks, params, results or workspaces of one list have the same name.',
  },
  TEKTON_FINALLY: {
    meaning: 'Something is used on the wrong side of `finally`.',
    cause:
      'Tasks in finally start together after all others: they have no runAfter, nothing can wait for them, and `$(tasks.status)` is known only to them.',
  },
  TEKTON_NAME: {
    meaning: 'A name of a task or run is not legal, or becomes too long.',
    cause:
      'Names of runs and tasks become labels: 63 characters at most, lower-case letters, digits and hyphens.',
  },
  TEKTON_PARAM_MISSING: {
    meaning: 'A param without default gets no value.',
    cause:
      'The Pipeline, or the run, does not pass what the Task, or the Pipeline, declares. The run would fail at once with ParameterMissing.',
  },
  TEKTON_PARAM_TYPE: {
    meaning: 'The value of a param is of another type than the param.',
    cause: 'A text is given for a list or the other way round.',
  },
  TEKTON_PARAM_UNKNOWN: {
    meaning: 'A value is given for a param that is not declared.',
    cause: 'A misspelled name: Tekton ignores the value, and the param keeps its default.',
  },
  TEKTON_REF: {
    meaning: 'A task of a Pipeline refers to no Task.',
    cause:
      'The Task is not in the namespace of the Pipeline, or taskRef has an apiVersion, which asks for a custom task.',
  },
  TEKTON_RESULT: {
    meaning: 'A result is used that its task does not declare.',
    cause: 'A misspelled name of a result. The run would fail after the task has run.',
  },
  TEKTON_RETRIES: {
    meaning: 'The number of retries is no whole number.',
    cause: 'retries must be a whole number, not negative.',
  },
  TEKTON_RUN_FIELD: {
    meaning: 'A PipelineRun has a field of an older API version.',
    cause:
      'The API server drops it silently: with spec.serviceAccountName the run would start as account "default".',
  },
  TEKTON_STEPS: {
    meaning: 'A Task has no steps, or a step does not say what it runs.',
    cause: 'Without command, Tekton must ask the registry for the entrypoint of the image before each run.',
  },
  TEKTON_TARGET: {
    meaning: 'A task is named that the Pipeline does not have.',
    cause: 'runAfter or taskRunSpecs names a task that is gone or is in finally.',
  },
  TEKTON_TIMEOUT: {
    meaning: 'Timeouts contradict each other, or one of them is not a duration.',
    cause:
      'A run must have time for its tasks and for finally, and its tasks together for the longest of them.',
  },
  TEKTON_UNUSED: {
    meaning: 'A param or workspace is declared and not used.',
    cause: 'A variable is misspelled, or the declaration is left over.',
  },
  TEKTON_VARIABLE: {
    meaning: 'A `$(…)` stands for nothing that is known at its place.',
    cause:
      'A misspelled or undeclared param, workspace or context variable. Tekton refuses the object, or hands the text on as it is.',
  },
  TEKTON_WHEN: {
    meaning: 'A condition of a task is incomplete.',
    cause: 'A condition needs input, operator `in` or `notin`, and at least one value.',
  },
  TEKTON_WORKSPACE: {
    meaning: 'A workspace is needed and not bound, or bound and not declared.',
    cause: 'Names of workspaces differ between run, Pipeline and Task.',
  },
  REFERENCE_ACCOUNT: {
    meaning: 'A ServiceAccount is named that is not there.',
    cause: 'Its Pods would not be created; a run fails, a listener never starts.',
  },
  REFERENCE_ALERT_TWICE: {
    meaning: 'An alert would start more than one run.',
    cause: 'Two Triggers, or two routes, take the same alert.',
  },
  REFERENCE_ALERT_UNHEARD: {
    meaning: 'An alert that asks for retraining reaches a listener, but no Trigger takes it.',
    cause: "A Trigger's filter does not fit the labels of the alert, or `training.when` excludes it.",
  },
  REFERENCE_ALERT_UNROUTED: {
    meaning: 'An alert that asks for retraining is sent to no listener.',
    cause:
      'No route in the namespace of the alert matches its labels, an earlier route takes it, or the receiver posts elsewhere.',
  },
  REFERENCE_APPLICATION_SIZE: {
    meaning: 'A unit has so many objects that Argo CD may not be able to store the state of its Application.',
    cause:
      'The state lists every object twice, some 370 bytes each, and etcd takes 1.5 MiB. With thousands of models use `argocd.style: applicationset`, or several platforms.',
  },
  REFERENCE_APPLICATION: {
    meaning: 'An Application has no project, or nothing to deliver.',
    cause: 'Its path is no folder that is rendered, or its AppProject is not there.',
  },
  REFERENCE_LISTENER: {
    meaning: 'A webhook posts to an EventListener that is not there.',
    cause: 'Name, namespace or port in the URL differ from those of the listener.',
  },
  REFERENCE_LISTENER_RIGHTS: {
    meaning: 'The account of an EventListener lacks a right that it needs.',
    cause:
      'It must list and watch all kinds of Triggers before it starts, and create PipelineRuns where its templates want them.',
  },
  REFERENCE_RUNNER_RIGHTS: {
    meaning: 'The account of the runs lacks a right that it needs to hand a training over.',
    cause: 'It must create, get and delete the kind that trains, and read the log of its Pods.',
  },
  REFERENCE_TIME_INTERVAL: {
    meaning: 'A route of an AlertmanagerConfig names a time interval that is not there.',
    cause: 'The route or the interval was renamed. The operator leaves out the whole object.',
  },
  REFERENCE_INHIBITION: {
    meaning: 'A rule that shall silence alerts knows no alert that it could be about.',
    cause: 'A label or the name of an alert is misspelt, so that the rule never does anything.',
  },
  REFERENCE_RETRAIN_MUTED: {
    meaning: 'Something that silences messages for people can keep a run from starting.',
    cause:
      'A time interval stands on a route to the listener, or an inhibition rule fits alerts that ask for retraining. Such a run is lost without a trace.',
  },
  REFERENCE_MATCHER: {
    meaning: "A route's matcher is no regular expression of RE2.",
    cause:
      'Alertmanager uses Go: no look-around, no back references. One bad matcher keeps every later change of its configuration from being loaded.',
  },
  DASHBOARD_JSON: {
    meaning: 'A dashboard is not what Grafana imports.',
    cause: 'Its text is no JSON, or it has no address of at most 40 characters.',
  },
  REFERENCE_FOLDER: {
    meaning: 'A dashboard names a folder that is not there.',
    cause:
      'The GrafanaFolder must stand in the namespace of the dashboard; the operator would not import it.',
  },
  REFERENCE_MONITOR: {
    meaning: 'An InferenceService hands copies of its requests to a service that is not there.',
    cause: 'The TrustyAIService has another name, or is in another namespace; the copies would be dropped.',
  },
  REFERENCE_NETWORK: {
    meaning: 'No NetworkPolicy lets Alertmanager reach the listener.',
    cause: 'A policy selects the Pods of the listener and does not allow its port.',
  },
  REFERENCE_PIPELINE: {
    meaning: 'A run names a Pipeline that is not there.',
    cause: 'The run would be created and fail at once with CouldntGetPipeline.',
  },
  REFERENCE_SCRAPE: {
    meaning: 'A ServiceMonitor or PodMonitor finds nothing, or what another one reads already.',
    cause:
      'Its labels are those of no server, or of one that somebody else reads; metrics would be missing or doubled.',
  },
  REFERENCE_OTHER_MODELS: {
    meaning: 'Something of one model is not limited to that model.',
    cause:
      'Its labels or matchers do not name the model, so it would take the alerts of others, keep them from being sent, or read their servers.',
  },
  REFERENCE_PROJECT: {
    meaning: 'An AppProject does not permit what its Application delivers.',
    cause:
      'A kind, namespace, server or repository is missing in the project. Argo CD would apply nothing of the unit.',
  },
  REFERENCE_RECEIVER: {
    meaning: 'A route sends alerts to a receiver that is not there.',
    cause: 'The operator would leave out the whole AlertmanagerConfig.',
  },
  REFERENCE_ROLE: {
    meaning: 'A binding names a Role or ClusterRole that is not there.',
    cause: 'The binding gives no rights; its subjects are refused.',
  },
  REFERENCE_TOKEN: {
    meaning: 'The receiver sends another token than the Trigger compares with.',
    cause: 'AlertmanagerConfig and filter name different Secrets or keys: every request would be refused.',
  },
  REFERENCE_TRIGGER: {
    meaning: 'A Trigger has no listener, no template, or no value for one of its params.',
    cause: 'Labels, references or names of params do not fit each other.',
  },
  SECURITY_ACCOUNT: {
    meaning: 'Something runs as, or gives rights to, an account that is not its own.',
    cause: 'The account "default" belongs to everybody in the namespace.',
  },
  SECURITY_IMAGE: {
    meaning: 'An image is not pinned.',
    cause: 'No tag, or `latest`: the same manifest would run another program tomorrow.',
  },
  SECURITY_POD: {
    meaning: 'A Pod does not meet Pod Security "restricted".',
    cause: 'A missing or loose security context; in a restricted namespace the Pod would be refused.',
  },
  SECURITY_PROJECT: {
    meaning: 'An AppProject permits more than is delivered.',
    cause: 'A wildcard, or runs among the permitted kinds, which Argo CD would then prune.',
  },
  SECURITY_RIGHTS: {
    meaning: 'A Role gives more rights than are needed.',
    cause: 'A wildcard, cluster-admin, or the right to read every Secret.',
  },
  SECURITY_RUN: {
    meaning: 'A run would be kept in Git.',
    cause: 'Whatever applies the folder would start it again.',
  },
  SECURITY_SCRIPT: {
    meaning: 'A step has a script, or hands a variable to a shell.',
    cause: 'Tekton pastes values into scripts without quoting, so that their content becomes program.',
  },
  SECURITY_SECRET: {
    meaning: 'The content of a Secret would be written to Git.',
    cause: 'A Secret with data or stringData among the rendered objects.',
  },
  REFERENCE_INTERCEPTOR: {
    meaning: 'A Trigger asks for a verification that nobody would make.',
    cause:
      'Its Interceptor is not there, leads to no Service, or the program behind it has no key of the sender that the Trigger names.',
  },
  REFERENCE_EXPOSURE: {
    meaning: 'An Ingress, Route or HTTPRoute leads to a Service that is not that of an EventListener.',
    cause: 'The listener has another name or port, or is in another namespace than what leads to it.',
  },
  SECURITY_EXPOSURE: {
    meaning: 'An Ingress, Route or HTTPRoute has no TLS, or leads to the listener of alerts.',
    cause:
      'Alerts come from inside of the cluster; events from outside have a listener of their own, and carry tokens.',
  },
  SECURITY_TRIGGER: {
    meaning: 'A Trigger starts runs for anybody who can reach the listener.',
    cause: 'Its filter is empty or does not compare the token of the request with a Secret.',
  },
  REFERENCE_RUNTIME: {
    meaning: 'A ServingRuntime is used by no InferenceService, or not made for what one wants from it.',
    cause:
      'The two were rendered from different descriptions; a fault of driftloop, unless objects were added.',
  },
  REFERENCE_SCALING: {
    meaning:
      'An autoscaler would scale nothing, cannot ask for its metric, or has a rival for the number of Pods.',
    cause:
      'What it names is not delivered, or the Deployment writes `replicas` itself, so that Argo CD and the autoscaler undo each other.',
  },
  REHEARSE_ALERT: {
    meaning: 'There is nothing to rehearse with: the model has no alert that a route sends to a listener.',
    cause:
      'The model is not retrained in this environment, or its alert is not routed; the other problems say why.',
  },
  REHEARSE_RUN_MISSING: {
    meaning: 'A sample alert that must start one run started none.',
    cause: 'The detail names the station that stopped it.',
  },
  REHEARSE_RUN_UNWANTED: {
    meaning: 'A request that must start nothing started a run.',
    cause: "The Trigger's filter lets through what is resolved, foreign, repeated or unauthenticated.",
  },
  REHEARSE_RUN_WRONG: {
    meaning: 'A sample alert started something else than one run of its model.',
    cause: 'Several objects, or a run with labels of another model or environment.',
  },
} as const;
