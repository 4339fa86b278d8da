import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Where pages find the frame that isolated extensions and parts of the overlay run in. */
export const PART_FRAME_PATH = '/overlay/part-frame.html';

/** The policy that the file states for itself. */
const META_POLICY = /http-equiv="Content-Security-Policy" content="([^"]+)"/;

/** The file of the frame, and the policy that it is given out with. */
export interface PartFrame {
  readonly file: string;
  readonly policy: string;
}

/** The frame file of the core package; undefined where that is not built. */
export function partFrame(): PartFrame | undefined {
  const file = resolved('@pose-coach/core/extension-frame.html');
  return file !== undefined && existsSync(file) ? partFrameOf(file) : undefined;
}

/**
 * A frame file with its policy: its own script and workers from blobs, and no network. As a header it also says what
 * a file cannot: that only pages of this server may frame it, and that it has an origin of its own even when somebody
 * opens it by itself. Undefined when it states no policy: then it is not to be given out.
 */
export function partFrameOf(file: string): PartFrame | undefined {
  const policy = META_POLICY.exec(readFileSync(file, 'utf8'))?.[1];
  if (policy === undefined) return undefined;
  return { file, policy: `${policy}; frame-ancestors 'self'; sandbox allow-scripts` };
}

function resolved(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * Headers that let an isolated page frame it: of its own it must be isolated as well, and its origin, which the
 * sandbox makes up, is not the page's.
 */
export const PART_FRAME_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
};
