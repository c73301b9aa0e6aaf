import { ApiObject, JsonPatch } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { labels } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';

export interface HealthChecksProps {
  readonly platform: Platform;
}

/**
 * Teaches Argo CD when an EventListener is ready: without a check it counts as healthy the moment it is applied, and
 * alerts would be switched on before anybody listens. The other kinds of ours have a check or no state to look at.
 */
export class HealthChecks extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform }: HealthChecksProps) {
    super(scope, capability, { namespace: platform.namespaces.argocd });
    const settings = new ConfigMap(this, 'settings', {
      metadata: { name: 'argocd-cm' },
      data: { 'resource.customizations.health.triggers.tekton.dev_EventListener': listenerHealth },
    });
    const part = ApiObject.of(settings);
    // Argo CD finds its own settings by this label; with ours it would lose them.
    part.addJsonPatch(JsonPatch.replace('/metadata/labels', { [labels.partOf]: 'argocd' }));
    // The rest of the object is not ours to decide.
    part.addJsonPatch(JsonPatch.remove('/immutable'));
  }
}

/** In Lua, as Argo CD asks it. */
export const listenerHealth = `local conditions = {}
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  conditions[condition.type] = condition
end
local function is(name, status)
  return conditions[name] ~= nil and conditions[name].status == status
end
if is("Available", "True") and is("Ready", "True") then
  return {status = "Healthy", message = "The listener takes requests"}
end
for _, name in ipairs({"Progressing", "Deployment", "Service"}) do
  if is(name, "False") then
    return {status = "Degraded", message = conditions[name].message or (name .. " failed")}
  end
end
return {status = "Progressing", message = "The listener is starting"}
`;
