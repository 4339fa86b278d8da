export type { Health } from './health.ts';
export type { ServerLimits } from './limits.ts';
export type { ServerAddresses } from './links.ts';
export { createOverlayServer, type OverlayServer } from './overlay-server.ts';
export type { OverlayServerOptions } from './overlay-server-options.ts';
