import { builtInSyncWindow } from '../catalogue/defaults.js';
import type { SyncWindow } from '../model-argocd.js';
import type { SyncWindowInput } from '../schema/sync-window-schema.js';
import { duration } from '../values/duration.js';
import type { OriginRecorder } from './origins.js';

/** The windows of an environment; what nobody wrote of them is noted as a default. */
export function resolveSyncWindows(
  windows: readonly SyncWindowInput[],
  environment: string,
  recorder: OriginRecorder,
  where: string,
): readonly SyncWindow[] {
  return windows.map((window, index) => {
    for (const [key, value] of Object.entries(builtInSyncWindow))
      recorder.recordDefault(where, ['environments', environment, 'syncWindows', index, key], value);
    const { timeZone = builtInSyncWindow.timeZone, manualSync = builtInSyncWindow.manualSync } = window;
    return { ...window, timeZone, manualSync, duration: duration(window.duration) };
  });
}
