/**
 * Flags that say what a buffer or texture may be used for: numbers fixed by the WebGPU specification (section
 * "Resource Usages"), which TypeScript's types of the browser lack.
 */
export const BUFFER_USAGE = {
  mapRead: 0x01,
  copySource: 0x04,
  copyDestination: 0x08,
  uniform: 0x40,
  storage: 0x80,
} as const;

export const TEXTURE_USAGE = {
  copyDestination: 0x02,
  textureBinding: 0x04,
  renderAttachment: 0x10,
} as const;

/** `GPUMapMode.READ`. */
export const MAP_READ = 0x01;
