/** What OBS's browser source puts into its pages. */
interface ObsWindow extends Window {
  readonly obsstudio?: object;
}

/**
 * Calls back whenever OBS shows the source again or no longer shows it, in its preview or on air; never in another
 * browser. OBS goes on repainting sources that nobody sees, unless they are set to be shut down then.
 */
export function watchObsVisibility(window: ObsWindow, changed: (isVisible: boolean) => void): void {
  if (window.obsstudio === undefined) return;
  window.addEventListener('obsSourceVisibleChanged', (event) => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : undefined;
    if (typeof detail !== 'object' || detail === null || !('visible' in detail)) return;
    if (typeof detail.visible === 'boolean') changed(detail.visible);
  });
}
