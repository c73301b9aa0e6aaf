import { alertLabels } from '../contract.js';

/** Go templates of Alertmanager: what people read in a message about one group of alerts. */

/** `[FIRING, critical] The data of model jukebox in test has drifted.` */
export const messageTitle = `[{{ .Status | toUpper }}{{ if eq .Status "firing" }}, {{ .CommonLabels.${alertLabels.severity} }}{{ end }}] {{ .CommonAnnotations.summary }}`;

const whatIsOver = `{{ with .Labels.${alertLabels.detector} }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}`;

/** What fires, what no longer does, and, as long as something fires, what to do; all of it is about one model. */
export const messageText = [
  '{{ range .Alerts.Firing }}{{ .Annotations.description }}',
  `{{ end }}{{ range .Alerts.Resolved }}Over: ${whatIsOver}`,
  '{{ end }}{{ if .Alerts.Firing }}{{ .CommonAnnotations.next_steps }}',
  '{{ end }}{{ with .CommonAnnotations.owner }}Owner: {{ . }}{{ end }}',
].join('\n');

/** The same for readers of Markdown, who see a line end only where a line is empty. */
export const markdownText = messageText
  .replaceAll('\n', '\n\n')
  .replaceAll(/\{\{ (\.\w*Annotations\.\w+) \}\}/g, '{{ reReplaceAll "\\n" "\\n\\n" $1 }}');

/** Slack's colours of a message's bar. */
export const slackColor = `{{ if ne .Status "firing" }}good{{ else if eq .CommonLabels.${alertLabels.severity} "critical" }}danger{{ else }}warning{{ end }}`;

/** A mail as HTML: the same words, line by line. Alertmanager escapes what the actions insert. */
export function mailHtml(title: string, text: string): string {
  return `<h3>${title}</h3>\n<pre style="white-space: pre-wrap; font-family: inherit">${text}</pre>`;
}
