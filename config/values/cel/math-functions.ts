import type { Environment } from '@marcbachmann/cel-js';
import { compare } from './equality.js';
import { addNamespace } from './namespace.js';
import type { CelValue } from './values.js';

const sync = { async: false } as const;

/** The math extension of cel-go. */
export function registerMathFunctions(environment: Environment): void {
  addNamespace(environment, 'math', 'Maths');
  for (const [name, wins] of [
    ['greatest', (order: number) => order > 0],
    ['least', (order: number) => order < 0],
  ] as const) {
    const pick = (values: readonly CelValue[]): CelValue => {
      if (values.length === 0) throw new Error(`math.${name}(list) argument must not be empty`);
      return values.reduce((best, value) => (wins(compare(value, best)) ? value : best));
    };
    environment.registerFunction(
      `Maths.${name}(dyn): dyn`,
      (_: unknown, value: CelValue) => pick(Array.isArray(value) ? value : [value]),
      sync,
    );
    for (let count = 2; count <= 8; count++) {
      const parameters = Array(count).fill('dyn').join(', ');
      environment.registerFunction(
        `Maths.${name}(${parameters}): dyn`,
        (_: unknown, ...values: CelValue[]) => pick(values),
        sync,
      );
    }
  }
  registerRounding(environment);
  registerBits(environment);
}

function registerRounding(environment: Environment): void {
  const add = (signature: string, calculate: (value: number) => number | boolean): void => {
    environment.registerFunction(`Maths.${signature}`, (_: unknown, value: number) => calculate(value), sync);
  };
  add('ceil(double): double', Math.ceil);
  add('floor(double): double', Math.floor);
  add('trunc(double): double', Math.trunc);
  add('round(double): double', (value) => Math.sign(value) * Math.round(Math.abs(value)));
  add('isInf(double): bool', (value) => Math.abs(value) === Infinity);
  add('isNaN(double): bool', Number.isNaN);
  add('isFinite(double): bool', Number.isFinite);
  add('abs(double): double', Math.abs);
  add('sign(double): double', Math.sign);
  add('sqrt(double): double', Math.sqrt);
  environment
    .registerFunction(
      'Maths.sqrt(int): double',
      (_: unknown, value: bigint) => Math.sqrt(Number(value)),
      sync,
    )
    .registerFunction(
      'Maths.abs(int): int',
      (_: unknown, value: bigint) => (value < 0n ? -value : value),
      sync,
    )
    .registerFunction(
      'Maths.sign(int): int',
      (_: unknown, value: bigint) => (value === 0n ? 0n : value < 0n ? -1n : 1n),
      sync,
    );
}

function registerBits(environment: Environment): void {
  const add = (name: string, calculate: (left: bigint, right: bigint) => bigint): void => {
    environment.registerFunction(
      `Maths.${name}(int, int): int`,
      (_: unknown, left: bigint, right: bigint) => BigInt.asIntN(64, calculate(left, right)),
      sync,
    );
  };
  add('bitAnd', (left, right) => left & right);
  add('bitOr', (left, right) => left | right);
  add('bitXor', (left, right) => left ^ right);
  add('bitShiftLeft', (left, right) => left << requireOffset(right));
  add('bitShiftRight', (left, right) => BigInt.asUintN(64, left) >> requireOffset(right));
  environment.registerFunction('Maths.bitNot(int): int', (_: unknown, value: bigint) => ~value, sync);
}

function requireOffset(offset: bigint): bigint {
  if (offset < 0n) throw new Error(`negative offset: ${offset}`);
  return offset > 64n ? 64n : offset;
}
