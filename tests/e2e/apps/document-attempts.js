// What a script in a document could try beside `network-attempts.js`. No extension's script runs in a document: this
// is for the policy of the frame, should one ever get there. Policies know nothing of navigations and of WebRTC,
// which is why extensions run in workers, that have neither.

/** Milliseconds after which whatever was to reach a server has done so, on the same machine. */
const PATIENCE = 1000;

/**
 * @param {string} base the address of a folder on a server
 * @returns {Promise<void>}
 */
export async function attemptFromDocument(base) {
  const add = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.documentElement.append(element);
  };
  add('img', { src: `${base}image.png` });
  add('link', { rel: 'stylesheet', href: `${base}style.css` });
  add('link', { rel: 'prefetch', href: `${base}prefetch` });
  add('link', { rel: 'preload', as: 'image', href: `${base}preload` });
  add('script', { src: `${base}script.js` });
  add('iframe', { src: `${base}frame` });
  add('video', { src: `${base}video.mp4` });
  add('object', { data: `${base}object` });
  const div = document.createElement('div');
  div.style.backgroundImage = `url(${base}background.png)`;
  div.textContent = 'x';
  document.documentElement.append(div);
  navigator.sendBeacon(`${base}beacon`, 'x');
  fetch(`${base}fetch`).catch(() => undefined);
  try {
    new WebSocket(`${base.replace('http:', 'ws:')}socket`);
  } catch {
    // Firefox throws where others fail later.
  }
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
