/** Go templates of Alertmanager: what people read in a message about one group of alerts. */

/** `[FIRING, critical] The data of model jukebox in test has drifted.` */
export const messageTitle =
  '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}, {{ .CommonLabels.severity }}{{ end }}] {{ .CommonAnnotations.summary }}';

/** What fires, what no longer does, and, as long as something fires, what to do; all of it is about one model. */
export const messageText = [
  '{{ range .Alerts.Firing }}{{ .Annotations.description }}',
  '{{ end }}{{ range .Alerts.Resolved }}Over: {{ with .Labels.driftloop_detector }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}',
  '{{ end }}{{ if .Alerts.Firing }}{{ .CommonAnnotations.next_steps }}',
  '{{ end }}{{ with .CommonAnnotations.owner }}Owner: {{ . }}{{ end }}',
].join('\n');
