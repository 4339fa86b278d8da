/** Themes and widgets of the overlay, for pages that show it as trusted code: `{ manifest, module: { activateOverlay } }`. */
export { activateOverlay } from './overlay.ts';
