export { createOverlayParts } from './create-overlay-parts.ts';
export type { MountedPart, OverlayParts, OverlayPartsOptions, OverlaySource } from './overlay-parts.ts';
