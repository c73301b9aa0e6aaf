import { z } from 'zod';
import { severities } from '../model-notifications.js';
import { checkMailAddress, checkModelPattern, checkSmarthost } from '../values/receivers.js';
import { secretKey } from './secret-schema.js';
import {
  distinct,
  dnsLabel,
  duration,
  plainText,
  positiveDuration,
  secretDataKey,
  secretName,
  text,
} from './texts.js';

const httpUrl = z.url({ protocol: /^https?$/ });
const mailAddress = text(checkMailAddress, 'CONFIG_VALUE');

/** Exactly one of the two makes sense. */
export const certificateSource = z.strictObject({
  secret: secretKey.optional().describe('In a Secret.'),
  configMap: secretKey.optional().describe('In a ConfigMap.'),
});

const ca = certificateSource.describe(
  "Certificate of the authority that signed the server's. Default: those Alertmanager trusts.",
);

const slack = z.strictObject({
  channel: plainText.describe('`#channel`.'),
  apiUrlSecret: secretKey.describe('Secret with the URL of the webhook.'),
});

const email = z.strictObject({
  to: z.union([mailAddress, z.array(mailAddress).min(1)]).describe('One address, or several.'),
  from: mailAddress.describe('Who sends.'),
  smarthost: text(checkSmarthost, 'CONFIG_VALUE').describe('Mail server: `smtp.example.com:587`.'),
  username: plainText.optional().describe('Who logs in there; without it nobody does.'),
  passwordSecret: secretKey.optional().describe('Secret with the password.'),
  requireTls: z
    .boolean()
    .optional()
    .describe('Refuse a server that does not encrypt (STARTTLS). Default true.'),
  ca: ca.optional(),
});

const teams = z.strictObject({
  urlSecret: secretKey.describe('Secret with the URL of a workflow that posts to a channel or chat.'),
});

const pagerDutySeverity = z.enum(['info', 'warning', 'error', 'critical']);

const pagerduty = z.strictObject({
  routingKeySecret: secretKey.describe('Secret with the integration key (Events API v2).'),
  url: httpUrl
    .optional()
    .describe('Where events go, for example `https://events.eu.pagerduty.com/v2/enqueue`.'),
  client: plainText.optional().describe('What PagerDuty shows as the sender. Default `driftloop`.'),
  clientUrl: httpUrl.optional().describe("Link to the sender. Default: Alertmanager's own page."),
  severity: z
    .strictObject({
      warning: pagerDutySeverity.optional().describe('What a warning is to PagerDuty. Default `warning`.'),
      critical: pagerDutySeverity.optional().describe('What is critical to PagerDuty. Default `critical`.'),
    })
    .optional()
    .describe("PagerDuty's word for each of our severities. Default: the same word."),
});

const webhook = z.strictObject({
  url: httpUrl.optional().describe('A Service in the cluster: `http://name.namespace.svc:8080/`.'),
  urlSecret: secretKey.optional().describe('Secret with the URL, for everything outside of the cluster.'),
  bearerTokenSecret: secretKey.optional().describe('Secret with a token that is sent along.'),
  basicAuthSecret: z
    .strictObject({
      name: secretName.describe('Name of the Secret.'),
      usernameKey: secretDataKey.optional().describe('Key of the name. Default `username`.'),
      passwordKey: secretDataKey.optional().describe('Key of the password. Default `password`.'),
    })
    .optional()
    .describe('Secret with name and password that are sent along.'),
  ca: ca.optional(),
});

const names = (words: string) =>
  z.array(dnsLabel(40)).min(1).optional().describe(`Names of \`timeIntervals\`: ${words}`);

const template = z.string().min(1).max(10_000);

/** Somebody who is told: one target, and filters, times and words that all targets know. */
export const receiverSchema = z.strictObject({
  slack: slack.optional().describe('A channel of Slack, or of what speaks its protocol.'),
  email: email.optional().describe('Mail.'),
  teams: teams.optional().describe('Microsoft Teams, by a workflow.'),
  pagerduty: pagerduty.optional().describe('A service of PagerDuty.'),
  webhook: webhook.optional().describe("Gets Alertmanager's own payload."),
  severities: distinct(z.enum(severities))
    .min(1)
    .optional()
    .describe('Only what is so urgent. Default: all.'),
  categories: distinct(z.enum(['drift', 'bias', 'quality', 'service']))
    .min(1)
    .optional()
    .describe('Only detectors of these sections, and what is wrong with the loop itself. Default: all.'),
  models: distinct(text(checkModelPattern, 'CONFIG_NAME'))
    .min(1)
    .optional()
    .describe('Only these models; `fraud-*` is each that begins so. Default: all.'),
  environments: distinct(dnsLabel(20)).min(1).optional().describe('Only these environments. Default: all.'),
  default: z
    .boolean()
    .optional()
    .describe('Gets what no other receiver takes, and nothing else. Default false.'),
  mute: names('nothing is sent in any of them.'),
  active: names('nothing is sent outside of all of them.'),
  sendResolved: z.boolean().optional().describe('Is the end of an alert told, too? Default true.'),
  title: template
    .optional()
    .describe("Template of the title, or of a mail's subject. Default: driftloop's own."),
  text: template.optional().describe("Template of the text. Default: driftloop's own."),
  groupWait: duration
    .optional()
    .describe("How long the first message waits for others. Default: the cluster's."),
  groupInterval: positiveDuration
    .optional()
    .describe("How soon a change is told in another message. Default: the cluster's."),
  repeatInterval: positiveDuration
    .optional()
    .describe("How often what still fires is told again. Default: the cluster's."),
});

export const inhibitionSchema = z.strictObject({
  missingMetric: z
    .boolean()
    .describe('A missing metric silences the violation of its own detector, which nobody can see any more.'),
  critical: z.boolean().describe('A critical violation silences warnings of the same model and section.'),
});

export type ReceiverInput = z.infer<typeof receiverSchema>;
