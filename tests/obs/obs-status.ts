import type { ObsStatus } from '@pose-coach/core/stage';
import type { ObsControl } from '../../packages/overlay-server/src/obs/index.ts';

/** Waits until a control's status is as wanted. */
export function untilStatus(control: ObsControl, wanted: (status: ObsStatus) => boolean): Promise<ObsStatus> {
  return new Promise((resolve) => {
    if (wanted(control.status)) return resolve(control.status);
    const listening = control.onDidChange((status) => {
      if (!wanted(status)) return;
      listening.dispose();
      resolve(status);
    });
  });
}
