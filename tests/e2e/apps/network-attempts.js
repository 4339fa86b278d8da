// Every way in which a script may try to reach a server. The text of this file is run where it is to be tried: in
// an isolated extension, in a worker of the frame without the extension's confinement, and in a free worker, which
// shows that the attempts are real. It knows nothing of where it is.

/** Milliseconds for one attempt: a server on this machine sees a request within a few. */
const PATIENCE = 600;

/**
 * @param {string} base the address of a folder on a server
 * @param {number} udpPort where somebody listens for QUIC
 * @returns {Promise<Record<string, string>>} by name what became of each: `done`, or what was thrown
 */
export async function attemptNetwork(base, udpPort) {
  const settled = (/** @type {EventTarget} */ target) =>
    new Promise((resolve) => {
      for (const name of ['load', 'open', 'error', 'close', 'message'])
        target.addEventListener(name, resolve);
    });
  const socketBase = base.replace('http:', 'ws:');
  /** @type {Record<string, () => unknown>} */
  const attempts = {
    fetch: () => fetch(`${base}fetch`),
    'fetch without answer': () => fetch(`${base}no-cors`, { mode: 'no-cors', keepalive: true }),
    'an XMLHttpRequest': () => {
      const request = new XMLHttpRequest();
      request.open('GET', `${base}xhr`);
      request.send();
      return settled(request);
    },
    'a WebSocket': () => settled(new WebSocket(`${socketBase}socket`)),
    'an EventSource': () => {
      const source = new EventSource(`${base}events`);
      return settled(source).then(() => source.close());
    },
    'a WebSocketStream': () => new globalThis.WebSocketStream(`${socketBase}stream`).opened,
    'a WebTransport': () => new WebTransport(`https://127.0.0.1:${udpPort}/`).ready,
    import: () => import(`${base}module.js`),
    importScripts: () => globalThis.importScripts(`${base}script.js`),
    'a worker': () => settled(new Worker(`${base}worker.js`)),
    'a module worker': () => settled(new Worker(`${base}worker.mjs`, { type: 'module' })),
    'a FontFace': () => new FontFace('probe', `url(${base}font.woff2)`).load(),
    sendBeacon: () => navigator.sendBeacon(`${base}beacon`, 'x'),
    'an image': () => {
      const image = new Image();
      image.src = `${base}image.png`;
      return settled(image);
    },
    'a navigation': () => {
      globalThis.location.href = `${base}navigation`;
    },
    'a window': () => globalThis.open(`${base}window`),
    'a peer connection': async () => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
      connection.createDataChannel('probe');
      await connection.setLocalDescription();
    },
    'a message to whoever started this': () =>
      globalThis.postMessage({ kind: 'start', id: 1, url: `${base}message` }),
    'a broadcast': () => new BroadcastChannel('probe').postMessage(base),
  };
  /** @type {Record<string, string>} */
  const outcomes = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    try {
      await Promise.race([Promise.resolve(attempt()), late]);
      outcomes[name] = 'done';
    } catch (error) {
      outcomes[name] = String(error);
    }
  }
  return outcomes;
}
