import { Document } from 'yaml';
import type { ScalarTag, Tags } from 'yaml';
import { stringifyNumber, stringifyString } from 'yaml/util';
import { hasTreacherousSpace, isAmbiguous, isUnprintable, quoteEscaped } from './doubtful-texts.js';
import { leadingKeys } from './leading-keys.js';
import type { PlainObject } from './leading-keys.js';

/** One YAML document; slow, and right for every object. */
export function emitWithLibrary(object: PlainObject): string {
  const document = new Document(sortKeys(object, leadingKeys), {
    customTags,
    compat: 'yaml-1.1',
    // Anchors are legal YAML, but nobody wants to review them.
    aliasDuplicateObjects: false,
  });
  return document.toString({ lineWidth: 0 });
}

function sortKeys(value: unknown, leading: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => sortKeys(item));
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is no YAML number`);
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string) => (leading.includes(key) ? leading.indexOf(key) : leading.length);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || compareText(a, b));
  return new Map(entries.map(([key, item]) => [key, sortKeys(item)]));
}

/** By UTF-16 unit, whatever the locale of the machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function customTags(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag === 'string') return tag;
    if (tag.tag === 'tag:yaml.org,2002:str') return stringTag(tag as ScalarTag);
    return numberTags.includes(tag.tag) ? numberTag(tag as ScalarTag) : tag;
  });
}

function stringTag(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify(item, context, onComment, onChompKeep) {
      const text = String(item.value);
      if (isUnprintable(text)) return quoteEscaped(text);
      if (isAmbiguous(text) || hasTreacherousSpace(text)) return JSON.stringify(text);
      return stringifyString({ value: text }, context, onComment, onChompKeep);
    },
  };
}

const numberTags = ['tag:yaml.org,2002:int', 'tag:yaml.org,2002:float'];

/** YAML 1.1 reads an exponent only after a decimal point: `1e+21` would be a string. */
function numberTag(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify(item) {
      if (item.value === 0) return '0';
      return stringifyNumber(item).replace(/^(-?\d+)e/, '$1.0e');
    },
  };
}
