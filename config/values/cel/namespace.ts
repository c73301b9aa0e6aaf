import type { Environment } from '@marcbachmann/cel-js';

/** Stands for a namespace of functions (`math.abs`), which the library knows only as a value with methods. */
class FunctionNamespace {
  constructor(readonly name: string) {}
}

/** Makes `name` a namespace; its functions are registered as methods of `type`. */
export function addNamespace(environment: Environment, name: string, type: string): void {
  const Namespace = class extends FunctionNamespace {};
  environment.registerType(type, Namespace).registerConstant(name, type, new Namespace(name));
}
