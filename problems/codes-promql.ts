/** Codes of problems found in rules by validate/promql.ts and validate/templates.ts. */
export const promqlCodes = {
  PROMQL_EXPRESSION: {
    meaning: 'A rule holds an expression that Prometheus cannot read or evaluate.',
    cause:
      'The PromQL of a detector of kind `promql` has a typing error, calls a function that does not exist, or gives a function the wrong type. Without its admission webhook the Prometheus operator drops the whole object and only logs why.',
  },
  PROMQL_RESULT: {
    meaning: 'The expression of a rule is a range or a text, not one value per series.',
    cause: 'A range selector like `metric[5m]` is alone; put it into a function such as `avg_over_time`.',
  },
  PROMQL_RECORD_UNKNOWN: {
    meaning: 'A rule reads a series of driftloop that no rule of the same object records.',
    cause: 'A rule was removed or renamed by hand; synthesize again.',
  },
  ALERT_NAMESPACE: {
    meaning: 'An alert does not carry the namespace of its rule, so no route of that namespace sees it.',
    cause:
      'The Prometheus operator adds `namespace="…"` to the route of every AlertmanagerConfig. An aggregation dropped the label, or a rule sets another one.',
  },
  RULE_DURATION: {
    meaning: 'Prometheus cannot read a duration of a rule.',
    cause: 'Prometheus writes durations as `1h30m`, largest unit first; it knows neither `90min` nor `1.5h`.',
  },
  TEMPLATE_SYNTAX: {
    meaning: 'A template in a label or annotation cannot be parsed.',
    cause: 'A `{{` without `}}`, a block without `{{ end }}`, or an `{{ else }}` without a block.',
  },
  TEMPLATE_NAME: {
    meaning:
      'A template uses a function or variable that Prometheus does not have, or a label that the alert lacks.',
    cause:
      'Alertmanager and Helm have other functions than Prometheus. A label that an aggregation dropped expands to nothing.',
  },
  TEMPLATE_QUERY: {
    meaning: 'A query inside a template is not PromQL.',
    cause:
      'The text given to `query` has a typing error; the annotation would show it in place of its value.',
  },
  TEMPLATE_LABEL_VALUE: {
    meaning: 'A label of an alert holds a value.',
    cause:
      'Labels say who an alert is: with a value in them every evaluation is a new alert, and every alert a new run. Values belong in annotations.',
  },
} as const;
