import { RE2JS } from 're2js';
import { memoize } from './memoize.js';

/** Regular expressions as Go compiles them (RE2: no look-around, no back references). */
export interface RegularExpression {
  /** Does any part of the text match? */
  isFoundIn(text: string): boolean;
  /** Does the whole text match, as Prometheus and Alertmanager ask? */
  matchesWhole(text: string): boolean;
  /** Replaces every match; `$1`, `${1}` and `$name` in the replacement are expanded as Go does. */
  replaceAll(text: string, replacement: string): string;
}

/** Compiles a pattern; a text is the reason why it is none. */
export const compileRegularExpression: (pattern: string) => RegularExpression | string = memoize(
  (pattern) => {
    let compiled: RE2JS;
    try {
      compiled = RE2JS.compile(pattern);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return {
      isFoundIn: (text) => compiled.test(text),
      matchesWhole: (text) => compiled.testExact(text),
      replaceAll: (text: string, replacement: string) => replaceAll(compiled, text, replacement),
    };
  },
);

function replaceAll(compiled: RE2JS, text: string, replacement: string): string {
  const matcher = compiled.matcher(text);
  let result = '';
  let end = 0;
  while (matcher.find()) {
    // Go takes no empty match that touches the match before it.
    if (matcher.end() === matcher.start() && matcher.start() === end && end > 0) continue;
    result += text.slice(end, matcher.start());
    result += expand(replacement, (group) => groupOf(matcher, group));
    end = matcher.end();
  }
  return result + text.slice(end);
}

type Matcher = ReturnType<RE2JS['matcher']>;

function groupOf(matcher: Matcher, group: string): string {
  if (!/^\d+$/.test(group)) return matcher.getNamedGroups()[group] ?? '';
  return Number(group) <= matcher.groupCount() ? (matcher.group(Number(group)) ?? '') : '';
}

/** Go takes the longest name: `$1x` is the group named `1x`, and `$$` is a dollar sign. */
function expand(replacement: string, group: (name: string) => string): string {
  return replacement.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) =>
    whole === '$$' ? '$' : group(plain ?? braced ?? ''),
  );
}
