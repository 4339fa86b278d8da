/** A `Host` header as it may be repeated in a policy: a name or an IP address, and a port. */
const HOST_PATTERN = /^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * The content security policy of the pages: nothing from and nothing to any other host. Workers come from blobs,
 * the engine is WebAssembly, a video file is a blob. The socket is named as well as `'self'`, because older Safari
 * does not take `'self'` to include `ws:`.
 *
 * @param host the `Host` header of the request
 */
export function contentSecurityPolicy(host: string | undefined): string {
  const sockets = host !== undefined && HOST_PATTERN.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval' blob:",
    "worker-src 'self' blob:",
    `connect-src 'self' blob: data:${sockets}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob: data: mediastream:",
    "font-src 'self'",
    // The one frame that isolated extensions run in.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** Headers of every answer. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Headers that keep a page apart from all others, for which browsers give it shared memory, and with it WebAssembly
 * on several cores. `require-corp` and not `credentialless`, which Safari does not know: the policy above leaves
 * nothing of other hosts to be let in.
 */
export const ISOLATION_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * Headers of extensions' files. Pages fetch them as text and bytes, and run code in a frame of its own. Whoever opens
 * one by itself, a picture with a script in it perhaps, gets it without this server's origin, which has the token.
 */
export const EXTENSION_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; sandbox",
};
