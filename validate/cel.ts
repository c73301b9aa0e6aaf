import { checkTriggerCel } from '../config/values/cel.js';
import type { CelFault, CelPurpose } from '../config/values/cel.js';
import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster } from './cluster.js';
import type { Cluster } from './cluster.js';
import { joinPath } from './fields.js';
import { reportProblem } from './report.js';
import { findExpressions, readBindings } from './triggers/bindings.js';
import { isForge } from './triggers/forge-interceptors.js';
import { isCel, readInterceptors } from './triggers/interceptors.js';
import type { CelInterceptor, Interceptor } from './triggers/interceptors.js';
import { allTriggers } from './triggers/listeners.js';
import type { RunnableTrigger } from './triggers/listeners.js';

/** Every filter and overlay parses and type-checks as in Tekton Triggers, and bindings use overlays that exist. */
export function validateCel(
  manifests: readonly Manifest[],
  surroundings?: readonly Manifest[],
): readonly Problem[] {
  const cluster = indexCluster(manifests, surroundings);
  return allTriggers(cluster).flatMap((trigger) => checkTrigger(cluster, trigger));
}

function checkTrigger(cluster: Cluster, trigger: RunnableTrigger): readonly Problem[] {
  const interceptors = readInterceptors(trigger.spec);
  return [
    ...interceptors.filter(isCel).flatMap((interceptor) => checkExpressions(trigger, interceptor)),
    ...checkExtensions(cluster, trigger, interceptors),
  ];
}

function checkExpressions(trigger: RunnableTrigger, interceptor: CelInterceptor): readonly Problem[] {
  const check = (expression: string, purpose: CelPurpose, path: string): readonly Problem[] =>
    checkTriggerCel(expression, purpose).map((fault) =>
      reportProblem(trigger.manifest, 'CEL_EXPRESSION', {
        path: joinPath(trigger.path, path),
        message: `${describeFault(expression, fault)}.`,
        hint: 'Tekton Triggers would stop at every event; the request is still answered with 202.',
      }),
    );
  return [
    ...(interceptor.filter === undefined || interceptor.filter === ''
      ? []
      : check(interceptor.filter, 'filter', `${interceptor.path}.filter`)),
    ...interceptor.overlays.flatMap(({ expression, path }) => check(expression, 'overlay', path)),
  ];
}

function describeFault(expression: string, fault: CelFault): string {
  const near = expression.slice(fault.offset, fault.offset + 40);
  return near === '' ? `the expression ends too early: ${fault.message}` : `${fault.message}, at "${near}"`;
}

function checkExtensions(
  cluster: Cluster,
  trigger: RunnableTrigger,
  interceptors: readonly Interceptor[],
): readonly Problem[] {
  // Somebody else's interceptor may add what it likes.
  if (!interceptors.every((interceptor) => isCel(interceptor) || isForge(interceptor))) return [];
  const keys = interceptors.filter(isCel).flatMap(({ overlays }) => overlays.map(({ key }) => key));
  return readBindings(cluster, trigger).flatMap((binding) => {
    if ('missing' in binding) return [];
    return findExpressions(binding.value).flatMap(({ path, original }) => {
      const key = /^\.?extensions\.([\w-]+(?:\.[\w-]+)*)/.exec(path)?.[1];
      if (
        key === undefined ||
        keys.some((one) => key === one || key.startsWith(`${one}.`) || one.startsWith(`${key}.`))
      ) {
        return [];
      }
      return [
        reportProblem(trigger.manifest, 'CEL_EXTENSION', {
          path: joinPath(trigger.path, 'bindings'),
          message: `binding "${binding.name}" takes ${original}, but no overlay is called "${key}".`,
          hint: `Overlays: ${keys.join(', ') || 'none'}.`,
        }),
      ];
    });
  });
}
