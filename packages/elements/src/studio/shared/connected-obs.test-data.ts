import type { ObsStatus } from '@pose-coach/core/stage';

/** An OBS that can do everything, as its server describes it. */
export function connectedObs(
  changes: Partial<Extract<ObsStatus, { readonly status: 'connected' }>> = {},
): Extract<ObsStatus, { readonly status: 'connected' }> {
  return {
    status: 'connected',
    address: 'ws://127.0.0.1:4455',
    obsVersion: '30.2.3',
    websocketVersion: '5.5.2',
    abilities: {
      browserSource: true,
      chapters: true,
      renderDelay: true,
      virtualCamera: true,
      textKind: 'text_gdiplus_v3',
    },
    scene: 'Verse',
    scenes: ['Verse', 'Chorus', 'Pause'],
    recording: false,
    streaming: false,
    virtualCamera: false,
    overlays: ['Pose Coach'],
    ...changes,
  };
}
