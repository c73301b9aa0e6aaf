import type {
  BasicAuth,
  CertificateSource,
  EmailTarget,
  PagerDutyTarget,
  Receiver,
  SecretKey,
  WebhookTarget,
} from '../../config/model.js';
import type { AlertmanagerConfigSpecReceivers } from '../../imports/monitoring.coreos.com.js';
import { alertLabels, receivers } from '../contract.js';
import { mailHtml, markdownText, messageText, messageTitle, slackColor } from './messages.js';

type Configs = Omit<AlertmanagerConfigSpecReceivers, 'name'>;

/** A receiver as the Prometheus operator reads it. */
export function describeReceiver(receiver: Receiver): AlertmanagerConfigSpecReceivers {
  return { name: receivers.notify(receiver.name), ...describeTarget(receiver) };
}

function describeTarget(receiver: Receiver): Configs {
  const { sendResolved } = receiver;
  const title = receiver.title ?? messageTitle;
  const text = receiver.text ?? messageText;
  switch (receiver.kind) {
    case 'slack': {
      const { apiUrl, channel } = receiver;
      return {
        slackConfigs: [{ apiUrl: copy(apiUrl), channel, sendResolved, color: slackColor, title, text }],
      };
    }
    case 'teams':
      return {
        msteamsv2Configs: [
          { webhookUrl: copy(receiver.url), sendResolved, title, text: receiver.text ?? markdownText },
        ],
      };
    case 'email':
      return { emailConfigs: [{ ...describeEmail(receiver, title, text), sendResolved }] };
    case 'pagerduty':
      return { pagerdutyConfigs: [{ ...describePagerDuty(receiver, title, text), sendResolved }] };
    case 'webhook':
      return { webhookConfigs: [{ ...describeWebhook(receiver), sendResolved }] };
  }
}

/** The operator would leave the mail's own parts to templates that know nothing of models. */
function describeEmail(email: EmailTarget, title: string, text: string) {
  const { to, from, smarthost, username, password, requireTls, ca } = email;
  return {
    to: to.join(', '),
    from,
    smarthost,
    ...(username === undefined ? {} : { authUsername: username }),
    ...(password === undefined ? {} : { authPassword: copy(password) }),
    requireTls,
    ...(ca === undefined ? {} : { tlsConfig: trust(ca) }),
    headers: [{ key: 'Subject', value: title }],
    text,
    html: mailHtml(title, text),
  };
}

/** PagerDuty knows an incident by the group of alerts, so a change of the same group opens no second one. */
function describePagerDuty(pagerDuty: PagerDutyTarget, title: string, text: string) {
  const { routingKey, url, client, clientUrl, severity } = pagerDuty;
  return {
    routingKey: copy(routingKey),
    ...(url === undefined ? {} : { url }),
    client,
    ...(clientUrl === undefined ? {} : { clientUrl }),
    severity: `{{ if eq .CommonLabels.${alertLabels.severity} "critical" }}${severity.critical}{{ else }}${severity.warning}{{ end }}`,
    description: title,
    class: label(alertLabels.category),
    component: label(alertLabels.model),
    group: label(alertLabels.environment),
    details: [{ key: 'what', value: text }],
  };
}

function describeWebhook({ url, bearerToken, basicAuth, ca }: WebhookTarget) {
  const http = {
    ...(bearerToken === undefined
      ? {}
      : { authorization: { type: 'Bearer', credentials: copy(bearerToken) } }),
    ...(basicAuth === undefined ? {} : { basicAuth: logIn(basicAuth) }),
    ...(ca === undefined ? {} : { tlsConfig: trust(ca) }),
  };
  return {
    ...(typeof url === 'string' ? { url } : { urlSecret: copy(url) }),
    ...(Object.keys(http).length === 0 ? {} : { httpConfig: http }),
  };
}

/** Every value of a Secret that a receiver needs in the namespace of the model. */
export function listSecrets(receiver: Receiver): readonly SecretKey[] {
  const wanted = (...keys: readonly (SecretKey | undefined)[]) => keys.filter((key) => key !== undefined);
  switch (receiver.kind) {
    case 'slack':
      return [receiver.apiUrl];
    case 'teams':
      return [receiver.url];
    case 'email':
      return wanted(receiver.password, receiver.ca?.secret);
    case 'pagerduty':
      return [receiver.routingKey];
    case 'webhook': {
      const { url, bearerToken, basicAuth, ca } = receiver;
      const login = basicAuth && logIn(basicAuth);
      return wanted(
        typeof url === 'string' ? undefined : url,
        bearerToken,
        login?.username,
        login?.password,
        ca?.secret,
      );
    }
  }
}

function logIn({ name, usernameKey, passwordKey }: BasicAuth) {
  return { username: { name, key: usernameKey }, password: { name, key: passwordKey } };
}

function trust(ca: CertificateSource) {
  return {
    ca: ca.secret === undefined ? { configMap: copy(ca.configMap) } : { secret: copy(ca.secret) },
  };
}

function label(name: string): string {
  return `{{ .CommonLabels.${name} }}`;
}

function copy({ name, key }: SecretKey): { name: string; key: string } {
  return { name, key };
}
