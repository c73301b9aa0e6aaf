import type { DetectorCategory, SecretKey } from './model.js';

/** How urgent an alert is: `critical` wakes people up, `warning` can wait until they work. */
export type AlertSeverity = 'warning' | 'critical';

export const severities: readonly AlertSeverity[] = ['warning', 'critical'];

export type Receiver =
  | { readonly name: string; readonly kind: 'slack'; readonly apiUrl: SecretKey; readonly channel: string }
  | { readonly name: string; readonly kind: 'webhook'; readonly url: string | SecretKey };

/** What filters of receivers look at: how urgent, and about what kind of detector; about the loop itself: undefined. */
export interface AlertClass {
  readonly severity: AlertSeverity;
  readonly category: DetectorCategory | undefined;
}
