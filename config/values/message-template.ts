import { suggest } from '../suggest.js';
import { declaredVariables, goTemplateWords, isTemplateFault, readTemplate } from './go-template.js';
import type { TemplateAction, TemplateToken } from './go-template.js';

/** What is wrong with a template of a message, and at which character. */
export interface MessageFault {
  readonly message: string;
  readonly hint: string;
  readonly index: number;
}

/**
 * A template of Alertmanager, as far as it can be judged without running it: blocks, functions, variables, and the
 * fields of what a message is about. Alertmanager itself would find the mistake only when it sends, and then send nothing.
 */
export function checkMessageTemplate(template: string): readonly MessageFault[] {
  const actions = readTemplate(template);
  if (isTemplateFault(actions))
    return [{ ...actions, hint: 'A template is text with actions such as `{{ .Status }}`.' }];
  const variables = ['$', ...declaredVariables(actions)];
  const defined = [...namedTemplates, ...definedTemplates(actions)];
  return actions.flatMap(({ tokens }) =>
    tokens.flatMap((token, index) => {
      const before = tokens[index - 1];
      if (token.kind === 'word' && !words.includes(token.text))
        return fault(token, `Alertmanager has no function \`${token.text}\``, words);
      if (token.kind === 'variable' && !variables.includes(token.text))
        return fault(token, `there is no variable \`${token.text}\``, variables);
      if (token.kind === 'text' && before?.kind === 'word' && before.text === 'template')
        return defined.includes(token.text)
          ? []
          : fault(token, `there is no template \`${token.text}\``, defined);
      return token.kind === 'field' ? checkField(token, before) : [];
    }),
  );
}

/** Go's, and those of Alertmanager since 0.27. */
const words: readonly string[] = [
  ...goTemplateWords,
  ...['toUpper', 'toLower', 'title', 'trimSpace', 'join', 'match', 'safeHtml', 'safeUrl'],
  ...['urlUnescape', 'reReplaceAll', 'stringSlice', 'date', 'tz', 'now', 'since', 'humanizeDuration'],
  ...['toJson', 'list', 'append', 'dict'],
];

/** Defined by Alertmanager's own files. */
const namedTemplates: readonly string[] = [
  ...['title', 'text', 'fallback', 'pretext', 'titlelink'].map((part) => `slack.default.${part}`),
  ...['subject', 'html'].map((part) => `email.default.${part}`),
  ...['title', 'text'].map((part) => `msteamsv2.default.${part}`),
  ...['description', 'client', 'clientURL', 'instances'].map((part) => `pagerduty.default.${part}`),
  ...['__subject', '__alertmanager', '__alertmanagerURL', '__text_alert_list'],
];

const messageFields = [
  ...['Receiver', 'Status', 'Alerts', 'GroupLabels', 'CommonLabels', 'CommonAnnotations', 'ExternalURL'],
  'NotificationReason',
];
const alertFields = [
  ...['Status', 'Labels', 'Annotations', 'StartsAt', 'EndsAt', 'GeneratorURL', 'Fingerprint'],
];
const listFields = ['Firing', 'Resolved'];
const mapFields = ['SortedPairs', 'Names', 'Values', 'Remove', 'Name', 'Value'];
const timeFields = ['Format', 'UTC', 'Local', 'Unix', 'In', 'Sub', 'IsZero', 'Year', 'Month', 'Day'];
const anyField = [...messageFields, ...alertFields, ...listFields, ...mapFields, ...timeFields];

/** Labels and annotations that alerts for people have (charts/contract.ts and charts/alerts/alert-texts.ts). */
export const messageLabels = [
  ...['alertname', 'namespace', 'severity', 'driftloop_model', 'driftloop_environment'],
  ...['driftloop_action', 'driftloop_category', 'driftloop_detector'],
];
export const messageAnnotations = ['summary', 'description', 'next_steps', 'owner'];

/** The dot may be the message, one of its alerts or a pair, so a field must be one of any; a label must be ours. */
function checkField(token: TemplateToken, before: TemplateToken | undefined): readonly MessageFault[] {
  const name = token.text.slice(1);
  const isJoined = before !== undefined && before.index + before.text.length === token.index;
  // What a variable holds is not known here.
  if (isJoined && before.kind === 'variable' && before.text !== '$') return [];
  const parent = isJoined && before.kind === 'field' ? before : undefined;
  const of = parent?.text ?? '';
  if (/^\.(Common|Group)?Labels$/.test(of) && !mapFields.includes(name))
    return messageLabels.includes(name)
      ? []
      : fault(token, `no alert has a label \`${name}\``, messageLabels);
  if (/^\.(Common)?Annotations$/.test(of) && !mapFields.includes(name))
    return messageAnnotations.includes(name)
      ? []
      : fault(token, `no alert has an annotation \`${name}\``, messageAnnotations);
  if (of === '.Alerts' && !listFields.includes(name))
    return fault(token, `\`.Alerts\` has no field \`${name}\``, listFields);
  return anyField.includes(name) ? [] : fault(token, `a message has no field \`${name}\``, anyField);
}

function fault(token: TemplateToken, message: string, known: readonly string[]): readonly MessageFault[] {
  return [{ message, ...suggest(token.text.replace(/^[.]/, ''), known), index: token.index }];
}

function definedTemplates(actions: readonly TemplateAction[]): readonly string[] {
  return actions.flatMap(({ tokens: [first, name] }) =>
    first?.kind === 'word' && ['define', 'block'].includes(first.text) && name?.kind === 'text'
      ? [name.text]
      : [],
  );
}
