import type { ValueFault } from './fault.js';

/** `name@example.com`; a name in front would need quoting rules that nobody remembers. */
export function checkMailAddress(text: string): ValueFault | undefined {
  if (/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(text)) return undefined;
  return { message: 'is no mail address', hint: 'For example `ml-on-call@example.com`; several are a list.' };
}

/** `host:port` */
export function checkSmarthost(text: string): ValueFault | undefined {
  const match = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})$/.exec(text);
  if (match !== null && Number(match[1]) > 0 && Number(match[1]) < 65_536) return undefined;
  return { message: 'is no mail server with a port', hint: 'For example `smtp.example.com:587`.' };
}

/** A model's name in which `*` stands for anything. */
export function checkModelPattern(text: string): ValueFault | undefined {
  if (/^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$/.test(text)) return undefined;
  return {
    message: 'is no name of a model, nor a pattern of one',
    hint: 'Names are lower-case letters, digits and hyphens; `*` stands for anything.',
  };
}

/** Does a name or pattern mean this model? */
export function meansModel(pattern: string, model: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll('-', '\\-'));
  return new RegExp(`^${parts.join('[-a-z0-9]*')}$`).test(model);
}
