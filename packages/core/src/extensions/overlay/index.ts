export type { MountedPart, OverlayParts, OverlayPartsOptions, OverlaySource } from './overlay-parts.ts';
