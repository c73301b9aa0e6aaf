import { listAt, textAt, textMapAt, textsAt } from '../fields.js';

/** Does a Kubernetes label selector (matchLabels and matchExpressions) take an object with these labels? */
export function selectsLabels(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const byLabels = Object.entries(textMapAt(selector, 'matchLabels')).every(
    ([label, value]) => labels[label] === value,
  );
  return byLabels && listAt(selector, 'matchExpressions').every((expression) => holds(expression, labels));
}

function holds(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(expression, 'key') ?? ''];
  const values = textsAt(expression, 'values');
  switch (textAt(expression, 'operator') ?? '') {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
