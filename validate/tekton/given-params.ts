import type { Problem } from '../../problems/problem.js';
import { isFields } from '../fields.js';
import type { Reporter } from './reporter.js';
import { typeOfValue } from './specs.js';
import type { GivenParam, ParamSpec, ParamType } from './specs.js';

/** Do the params that are given fit those that are declared? `owner` is who declares them, for people. */
export function checkGivenParams(
  given: readonly GivenParam[],
  declared: readonly ParamSpec[],
  owner: string,
  report: Reporter,
): readonly Problem[] {
  const names = new Set(given.map((param) => param.name));
  const missing = declared
    .filter((param) => !param.hasDefault && !names.has(param.name))
    .map((param) =>
      report('TEKTON_PARAM_MISSING', {
        path: 'params',
        message: `${owner} needs param "${param.name}", which is not given.`,
        hint: 'Give it a value, or a default where it is declared.',
      }),
    );
  return [...missing, ...given.flatMap((param) => checkGivenParam(param, declared, owner, report))];
}

function checkGivenParam(
  given: GivenParam,
  declared: readonly ParamSpec[],
  owner: string,
  report: Reporter,
): readonly Problem[] {
  const spec = declared.find((param) => param.name === given.name);
  if (spec === undefined) {
    return [
      report('TEKTON_PARAM_UNKNOWN', {
        path: given.path,
        message: `${owner} declares no param "${given.name}"; Tekton would ignore the value.`,
        hint: 'Declare it, or leave it out.',
      }),
    ];
  }
  const type = typeOfGiven(given.value);
  if (type === undefined || type === spec.type) return [];
  return [
    report('TEKTON_PARAM_TYPE', {
      path: given.path,
      message: `param "${given.name}" of ${owner} is of type ${spec.type}, the value is of type ${type}.`,
    }),
  ];
}

/** undefined: a reference to a whole list or object, whose type is only known where it comes from. */
function typeOfGiven(value: unknown): ParamType | undefined {
  if (typeof value === 'string' && /^\$\([^()]*\[\*\]\)$/.test(value)) return undefined;
  if (value === undefined || (!Array.isArray(value) && !isFields(value) && typeof value !== 'string'))
    return 'string';
  return typeOfValue(value);
}
