import {
  mailHtml,
  markdownText,
  messageText,
  messageTitle,
  slackColor,
} from '../../../charts/alerts/messages.js';
import { describeViolation } from '../../../charts/alerts/alert-texts.js';
import { alertLabels } from '../../../charts/contract.js';
import {
  checkMessageTemplate,
  messageAnnotations,
  messageLabels,
} from '../../../config/values/message-template.js';
import { jukebox, meanshift } from '../../charts/alert-fixture.js';

test.each([messageTitle, messageText, markdownText, slackColor, mailHtml(messageTitle, messageText)])(
  'our own template %# is fine',
  (template) => {
    expect(checkMessageTemplate(template)).toEqual([]);
  },
);

test.each([
  '',
  'no action at all',
  '{{ template "slack.default.title" . }}',
  '{{ define "own" }}x{{ end }}{{ template "own" . }}',
  '{{ range $i, $alert := .Alerts }}{{ $i }} {{ $alert.Labels.severity }}{{ end }}',
  '{{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ .Value }}{{ end }}',
  '{{ (index .Alerts 0).StartsAt.Format "15:04" }} {{ len .Alerts.Firing }}',
  '{{- /* a comment */ -}}{{ .ExternalURL | urlquery }}',
  '{{ .CommonLabels.Remove .GroupLabels.Names }}',
])('%j is fine', (template) => {
  expect(checkMessageTemplate(template)).toEqual([]);
});

test.each([
  ['{{ .Status', 0, 'has no "}}"'],
  ['x {{ end }}', 2, 'ends no block'],
  ['{{ if .Status }}x', 0, 'no "{{ end }}"'],
  ['{{ .Staus }}', 3, 'no field `Staus`'],
  ['{{ .CommonLabels.sverity }}', 16, 'no alert has a label `sverity`'],
  ['{{ .CommonAnnotations.value }}', 21, 'no alert has an annotation `value`'],
  ['{{ humanize 1 }}', 3, 'no function `humanize`'],
  ['{{ $labels.severity }}', 3, 'no variable `$labels`'],
  ['{{ template "own" . }}', 12, 'no template `own`'],
])('%j is not, at character %i', (template, index, message) => {
  const [fault, ...others] = checkMessageTemplate(template);
  expect(others).toEqual([]);
  expect(fault?.index).toBe(index);
  expect(fault?.message).toContain(message);
});

test('what templates may speak of is what alerts for people have', () => {
  const labels = Object.values(alertLabels).filter((name) => !['feature', 'driftloop_bound'].includes(name));
  expect([...messageLabels].sort()).toEqual(['alertname', ...labels].sort());
  expect([...messageAnnotations].sort()).toEqual(Object.keys(describeViolation(jukebox, meanshift)).sort());
});
