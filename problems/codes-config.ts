import { admissionCodes } from './codes-admission.js';
import { clusterCodes } from './codes-clusters.js';
import { monitoringCodes } from './codes-monitoring.js';
import { triggerCodes } from './codes-triggers.js';

/** Codes of problems found by config/. */
export const configCodes = {
  ...admissionCodes,
  ...clusterCodes,
  ...monitoringCodes,
  ...triggerCodes,
  CONFIG_WORKSPACE_MISSING: {
    meaning: 'The directory holds no `driftloop.yaml`, so it is no workspace.',
    cause:
      'The command ran in another directory, or the file is called `driftloop.yml`. Use `-C DIRECTORY`, or `driftloop init` for a new workspace.',
  },
  CONFIG_FILE_UNREADABLE: {
    meaning: 'A file of the workspace cannot be read.',
    cause: 'It is a directory, a broken symbolic link, or its permissions do not let you read it.',
  },
  CONFIG_FILE_TOO_LARGE: {
    meaning: 'A file of the workspace is larger than 1 MiB and was not read.',
    cause: 'Data or something generated was put where a description of some 20 lines belongs.',
  },
  CONFIG_FILE_NOT_TEXT: {
    meaning: 'A file of the workspace is not UTF-8 text, or contains control characters.',
    cause:
      'A binary file got the ending `.yaml`, or an editor saved in another encoding (UTF-16, Latin-1). Save it as UTF-8.',
  },
  CONFIG_FILE_EMPTY: {
    meaning: 'A file of the workspace has no content besides comments.',
    cause:
      'Everything was commented out, or the file was created and forgotten. Remove it, or describe a model in it.',
  },
  CONFIG_FILE_IGNORED: {
    meaning: 'Something beside the models looks like one but is not read.',
    cause:
      'Only what `models` of `driftloop.yaml` matches is read, by default `models/*.yaml`: files ending in `.yml`, files in subfolders and links to folders are not. Rename or move it, or write `models`.',
  },
  CONFIG_FILE_NAME: {
    meaning: 'A model is not called like its file.',
    cause:
      'The file was copied and its `model` key forgotten, or the other way round. Everything generated uses the `model` key.',
  },
  CONFIG_YAML_SYNTAX: {
    meaning: 'The file is not YAML, or uses a part of YAML that means nothing here.',
    cause:
      'Wrong indentation, a missing space after a colon, an unclosed quote or bracket, or a tag such as `!vault`.',
  },
  CONFIG_YAML_TAB: {
    meaning: 'A line is indented with a tab.',
    cause: 'YAML allows only spaces; set the editor to insert spaces.',
  },
  CONFIG_YAML_SEVERAL_DOCUMENTS: {
    meaning: 'The file holds several YAML documents, separated by `---`.',
    cause: 'Several models were put into one file. Each has a file of its own.',
  },
  CONFIG_YAML_DUPLICATE_KEY: {
    meaning: 'A key appears twice in one map.',
    cause: 'A part was copied, or a merge went wrong. YAML readers would silently use one of the two.',
  },
  CONFIG_YAML_ALIAS: {
    meaning: 'An alias (`*name`) has no anchor (`&name`) before it, or is inside its own anchor.',
    cause: 'The anchor is misspelt, comes later, or is in another file; anchors do not reach over files.',
  },
  CONFIG_YAML_TOO_COMPLEX: {
    meaning: 'The file is nested too deeply, or its aliases stand for too many values.',
    cause: 'An alias bomb or generated input: a few lines that would become millions of values.',
  },
  CONFIG_KEY_UNKNOWN: {
    meaning: 'The file has a key that means nothing at this place.',
    cause:
      'The key is misspelt, or indented so that it belongs to another map. The reference of the configuration lists all keys.',
  },
  CONFIG_KEY_MISSING: {
    meaning: 'A key that is needed is not there.',
    cause:
      'It was left out, or is indented so that it belongs to another map. Defaults in `driftloop.yaml` may give it, too.',
  },
  CONFIG_TYPE: {
    meaning: 'A value has the wrong type.',
    cause:
      'A version such as `1.10` is a number unless it is quoted; `yes` is text, `true` is not; a single value is where a list belongs.',
  },
  CONFIG_VALUE: {
    meaning: 'A value has the right type but cannot be used.',
    cause: 'It is outside of what is allowed; the message says what is.',
  },
  CONFIG_NAME: {
    meaning: 'A name is not allowed where Kubernetes or Prometheus will use it.',
    cause: 'Most names become DNS labels: lower-case letters, digits and hyphens, with a limited length.',
  },
  CONFIG_NAME_RESERVED: {
    meaning: 'A name is used by driftloop itself.',
    cause:
      'A folder, object or variable of that name is generated anyway, and would be overwritten. Choose another name.',
  },
  CONFIG_NAME_DUPLICATE: {
    meaning: 'Two things that need different names have the same one.',
    cause: 'A file or a detector was copied. Two detectors on the same metric need a `name` each.',
  },
  CONFIG_NAMESPACE_SHARED: {
    meaning: 'Two environments, or an environment and the toolings, use one namespace.',
    cause:
      'Their objects have the same names and would overwrite each other; runs must not have the rights of what serves models.',
  },
  CONFIG_DURATION: {
    meaning: 'A value is not a Prometheus duration.',
    cause:
      'Durations are written `90s`, `10m`, `1h30m`, `2d`: whole numbers, units from large to small, no spaces.',
  },
  CONFIG_QUANTITY: {
    meaning: 'A value is not a Kubernetes quantity that makes sense for the resource.',
    cause:
      'CPU is counted in cores (`2`, `500m`), memory and storage in bytes (`512Mi`, `2Gi`); `512m` of memory is half a byte.',
  },
  CONFIG_IMAGE: {
    meaning: 'A value is not a pinned image.',
    cause: 'Images need an exact tag or a digest, models a digest: what was tested is what runs.',
  },
  CONFIG_PACKAGE_UNUSED: {
    meaning: 'A key about images of models would be ignored.',
    cause:
      'Only files that driftloop packages can be scanned and signed by it, and only a model that is trained has any.',
  },
  CONFIG_PACKAGE_BASE: {
    meaning: "KServe serves a model whose image holds nothing but the model's files.",
    cause:
      'As a rule KServe starts the image beside the server to hand out its files, and needs the programs `ln` and `sleep` in it.',
  },
  CONFIG_URL: {
    meaning: 'A value is not a URL that can be used here.',
    cause:
      'Repositories are reached by https, http, ssh or file and never with credentials in the URL; webhooks outside of the cluster are named by Secret.',
  },
  CONFIG_PATH: {
    meaning: 'A path is absolute, leads out of the repository, or is no path.',
    cause: 'Paths are relative to the root of the repository and contain no `..`.',
  },
  CONFIG_VERSION: {
    meaning: 'A value of `versions` is not a version.',
    cause:
      'Versions are written `1.15` or `0.93.0`, with or without quotes; `latest` says nothing about what can be rendered.',
  },
  CONFIG_UNSUPPORTED: {
    meaning: 'Something is asked for that the stated profile or versions would ignore or refuse.',
    cause:
      'A key of `versions` says an older version than the cluster has, or the feature came later. `driftloop explain --profile` shows what decides.',
  },
  CONFIG_ENVIRONMENT_UNKNOWN: {
    meaning: 'A model speaks of an environment that `driftloop.yaml` does not define.',
    cause: 'The name is misspelt, or the environment was removed.',
  },
  CONFIG_TEAM_UNKNOWN: {
    meaning: 'A model belongs to a team that `driftloop.yaml` does not define.',
    cause: 'The name is misspelt, or the team is missing under `teams`.',
  },
  CONFIG_MONITOR_MISSING: {
    meaning: 'A metric needs to know which monitor exports it.',
    cause: 'Name one of the monitors of `driftloop.yaml` with `monitor`, in the section or in the defaults.',
  },
  CONFIG_MONITOR_UNKNOWN: {
    meaning: 'A model names a monitor that `driftloop.yaml` does not define.',
    cause: 'The name is misspelt, or the monitor is missing under `monitors`.',
  },
  CONFIG_METRIC_UNKNOWN: {
    meaning: "The monitor's dialect has no such metric.",
    cause:
      'The name is misspelt, or belongs to another dialect: the two TrustyAI services publish different metrics under similar names.',
  },
  CONFIG_DETECTOR_OPTION: {
    meaning: 'A detector lacks an option its metric needs, or has one that the metric does not know.',
    cause:
      'Features, series, quantiles and expressions belong to different kinds of metrics; the message says which.',
  },
  CONFIG_BOUNDS: {
    meaning: 'A detector or gate has no bounds, several, or impossible ones.',
    cause: 'Give one of `threshold`, `above`, `below` and `outside`; a band is `[low, high]`.',
  },
  CONFIG_THRESHOLD_MEANING: {
    meaning: 'A threshold makes no sense for what the value means.',
    cause:
      'A p-value alerts when it is small, a statistic when it is large; shares are between 0 and 1, latencies in seconds. The threshold was probably meant for another metric or unit.',
  },
  CONFIG_PROMQL: {
    meaning: 'A PromQL expression is wrong.',
    cause:
      'A bracket or operator is missing, or types do not fit; the message and position come from the parser of Prometheus.',
  },
  CONFIG_CEL: {
    meaning: 'A CEL condition is wrong.',
    cause:
      'Tekton Triggers would refuse it, or it is no condition: it must be true or false for every alert.',
  },
  CONFIG_RETRAIN_IMPOSSIBLE: {
    meaning: 'A detector asks for retraining, but the model has no `training`.',
    cause: 'Describe the training, or leave `retrain` out of the actions.',
  },
  CONFIG_TRAINING_UNUSED: {
    meaning: 'A model describes training or gates, but nothing starts a run.',
    cause: 'No section has `retrain` among its actions, so the pipeline is only started by hand.',
  },
  CONFIG_NO_RECEIVER: {
    meaning: 'A detector notifies, but `driftloop.yaml` names no receivers.',
    cause: 'The alert would fire in Prometheus and reach nobody. Add `receivers`.',
  },
  CONFIG_NO_ACTION: {
    meaning: 'A section has detectors, but does not say what happens when they are violated.',
    cause:
      'Alerting and retraining are opt-ins. Write `onDrift: [notify]`, or `onDrift: []` when only the record is wanted.',
  },
  CONFIG_NO_DETECTOR: {
    meaning: 'A section says what happens when its detectors are violated, but has none.',
    cause:
      '`detectors: []` was meant for one environment, or the detectors were removed. Remove the section to watch nothing.',
  },
  CONFIG_NOT_DELIVERED: {
    meaning: 'What is rendered, or what runs train, reaches no cluster.',
    cause: 'Argo CD and the release step need `repository`, the release step also `source`.',
  },
  CONFIG_SERVING_CONFLICT: {
    meaning: 'Two settings of `serving` exclude each other.',
    cause:
      'Each says the same thing in another way, or one makes the other meaningless; the message says which. An environment may replace what the model says.',
  },
  CONFIG_AUTOSCALING: {
    meaning: 'Autoscaling would not work, or not do what it says.',
    cause:
      'The metric belongs to another mode or kind, or the target is one that an idle server reaches (5 % of the memory) or a busy one never does.',
  },
  CONFIG_CANARY: {
    meaning: 'A canary would get no share of the requests.',
    cause:
      'KServe splits requests in Knative mode only; in Standard mode the field is accepted, and all requests go to one version.',
  },
  CONFIG_MODEL_TAG: {
    meaning: 'The first version of a model is named by a tag, or is in a store whose files may change.',
    cause: 'What runs may change without a commit. Name the digest: `oci://…@sha256:…`.',
  },
  CONFIG_TEMPLATE: {
    meaning: 'A text contains `{{`, which KServe would expand or refuse.',
    cause:
      'KServe fills `{{.Name}}` and `{{.Namespace}}` of the InferenceService in, and nothing else is useful.',
  },
  CONFIG_EXPOSED: {
    meaning: 'A model would be open to everybody, or protected only in name.',
    cause:
      'It can be reached from outside of the cluster without a token, or asks for tokens where nothing checks them.',
  },
  CONFIG_SECRET_PLATFORM: {
    meaning: 'A check would read a Secret with which the platform itself works.',
    cause:
      'Checks run code of the model, so whoever may push there would get the credentials of Git, the token of the listener, or what an event is verified with.',
  },
  CONFIG_SECRET_INLINE: {
    meaning: 'The configuration contains a secret.',
    cause:
      'What is committed is known to everybody who reads the repository, for ever. Remove it, replace the secret, and reach the new one through a Secret of the cluster.',
  },
  CONFIG_TEKTON_EXPRESSION: {
    meaning: 'A text that Tekton runs contains `$(`, which Tekton expands or refuses.',
    cause: 'Put the command substitution into a script of the image.',
  },
  CONFIG_TIMING: {
    meaning: 'Two durations do not fit together.',
    cause:
      'Alertmanager repeats only when it looks at the group, so a repeat interval below the group interval has no effect.',
  },
  CONFIG_NO_MODELS: {
    meaning: 'The workspace has no models.',
    cause: 'There is no `models/*.yaml`; hidden files and other endings do not count.',
  },
  CONFIG_GLOB_EMPTY: {
    meaning: 'A pattern of `models` matches no file.',
    cause: 'It is misspelt, or the models were moved. Models that are not found lose their alerts.',
  },
  CONFIG_GLOB_OVERLAP: {
    meaning: 'Two patterns of `models` match the same file.',
    cause: 'One pattern covers what another one names. The file is read once.',
  },
  CONFIG_CHART_UNPINNED: {
    meaning: 'A foreign chart has a revision that moves: a branch, or a range of versions.',
    cause:
      'One push, or one published version, changes what runs in every environment at once. Name a tag, a commit or one version.',
  },
  CONFIG_RELEASE_PLACE: {
    meaning: 'A release record says another model or environment than its path.',
    cause: 'A record was copied by hand. Records are written by `driftloop release` and by the pipelines.',
  },
  CONFIG_RELEASE_UNUSED: {
    meaning: 'A release record belongs to a model or environment that the workspace does not have.',
    cause: 'The model was removed or renamed; its record stays until somebody deletes it.',
  },
  CONFIG_RELEASE_QUARANTINED: {
    meaning: 'An environment serves a version of a model that is quarantined.',
    cause:
      'The version was found to be bad somewhere. It goes on being served, because taking a model away is worse than warning; roll the environment back, or release another version.',
  },
  CONFIG_SYNC: {
    meaning: 'What is said about the way Argo CD syncs is impossible, or has no effect.',
    cause:
      'Sync windows or `argocd.hydrate` without a `repository`, an ApplicationSet that should hydrate, a branch that would be hydrated onto itself, or a window that is not counted in minutes.',
  },
  CONFIG_DELIVERY: {
    meaning: 'What `delivery` says about the GitOps repository is impossible, or would have no effect.',
    cause:
      'A pull request needs a repository on a forge that driftloop speaks to (GitHub, Gitea, Forgejo, GitLab), and options of pull requests need an environment that is delivered by one. What is trained is released to the first environment by a push from the cluster.',
  },
  CONFIG_ROLLOUT: {
    meaning: 'What `rollout` or `promotion` says is impossible, or would have no effect.',
    cause:
      'Requests need a model that is served where a run reaches it, and a run that waits for its release. A promotion needs a next environment that is delivered by pull request, and `delivery.tokenSecret` with the token of the forge.',
  },
} as const;
