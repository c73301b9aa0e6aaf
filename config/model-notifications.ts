import type { DetectorCategory, SecretKey } from './model.js';
import type { Duration } from './values/duration.js';

/** How urgent an alert is: `critical` wakes people up, `warning` can wait until they work. */
export type AlertSeverity = 'warning' | 'critical';

export const severities: readonly AlertSeverity[] = ['warning', 'critical'];

/** What filters of receivers look at: how urgent, and about what kind of detector; about the loop itself: undefined. */
export interface AlertClass {
  readonly severity: AlertSeverity;
  readonly category: DetectorCategory | undefined;
}

/** Who is told, of what, and when. Every filter that is empty lets everything through. */
interface ReceiverBasics {
  /** DNS label. */
  readonly name: string;
  readonly severities: readonly AlertSeverity[];
  readonly categories: readonly DetectorCategory[];
  /** Names, or patterns with `*`. */
  readonly models: readonly string[];
  readonly environments: readonly string[];
  /** Gets what no other receiver takes, and nothing else. Default false. */
  readonly default: boolean;
  /** Nothing is sent in any of these ... */
  readonly mute: readonly TimeInterval[];
  /** ... and, unless empty, outside of all of these. */
  readonly active: readonly TimeInterval[];
  /** Is the end of an alert told, too? Default true. */
  readonly sendResolved: boolean;
  /** Go templates of Alertmanager; undefined: driftloop's own. */
  readonly title: string | undefined;
  readonly text: string | undefined;
  /** undefined: as the cluster's own root route says. */
  readonly groupWait: Duration | undefined;
  readonly groupInterval: Duration | undefined;
  readonly repeatInterval: Duration | undefined;
}

export type Receiver = ReceiverBasics & ReceiverTarget;

export type ReceiverTarget = SlackTarget | EmailTarget | TeamsTarget | PagerDutyTarget | WebhookTarget;

export interface SlackTarget {
  readonly kind: 'slack';
  readonly apiUrl: SecretKey;
  readonly channel: string;
}

export interface EmailTarget {
  readonly kind: 'email';
  readonly to: readonly string[];
  readonly from: string;
  /** `host:port` of the mail server. */
  readonly smarthost: string;
  readonly username: string | undefined;
  readonly password: SecretKey | undefined;
  /** Refuse a server that does not encrypt. Default true. */
  readonly requireTls: boolean;
  readonly ca: CertificateSource | undefined;
}

/** A workflow of Microsoft Teams. */
export interface TeamsTarget {
  readonly kind: 'teams';
  readonly url: SecretKey;
}

export type PagerDutySeverity = 'info' | 'warning' | 'error' | 'critical';

export interface PagerDutyTarget {
  readonly kind: 'pagerduty';
  readonly routingKey: SecretKey;
  /** Where events go; undefined: PagerDuty's own address. */
  readonly url: string | undefined;
  readonly client: string;
  readonly clientUrl: string | undefined;
  /** PagerDuty's word for each of ours. Default: the same. */
  readonly severity: Readonly<Record<AlertSeverity, PagerDutySeverity>>;
}

export interface WebhookTarget {
  readonly kind: 'webhook';
  readonly url: string | SecretKey;
  readonly bearerToken: SecretKey | undefined;
  readonly basicAuth: BasicAuth | undefined;
  readonly ca: CertificateSource | undefined;
}

/** Keys of a Secret with a name and a password. */
export interface BasicAuth {
  readonly name: string;
  readonly usernameKey: string;
  readonly passwordKey: string;
}

/** Where the certificate of an authority stands. */
export type CertificateSource =
  | { readonly secret: SecretKey; readonly configMap?: undefined }
  | { readonly configMap: SecretKey; readonly secret?: undefined };

/** Times, in UTC, because Alertmanager's configuration through the operator knows no other zone. */
export interface TimeInterval {
  /** DNS label; unique among the intervals of a receiver's routes. */
  readonly name: string;
  /** Whoever is in one of them is in the interval. */
  readonly periods: readonly TimePeriod[];
}

/** All conditions hold at once; an empty list is none. */
export interface TimePeriod {
  /** Minutes of the day, the end excluded: `{ start: 480, end: 1080 }` is 08:00 to 18:00. */
  readonly times: readonly NumberRange[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** From 1, or from -1 at the month's end. */
  readonly daysOfMonth: readonly NumberRange[];
  /** 1 is January. */
  readonly months: readonly number[];
  readonly years: readonly NumberRange[];
}

/** Both ends included, unless said otherwise. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
}
