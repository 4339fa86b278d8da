// @ts-check
// A page that runs the text of an extension isolated, and asks it to do something.
// The page's address may say where the frame's file is served: `?frameUrl=/extension-frame.html`.
import { createExtensions, isolatedHost } from '@pose-coach/core/extensions';
import { createOverlayParts } from '@pose-coach/core/overlay-parts';

const frameUrl = new URLSearchParams(location.search).get('frameUrl');

/** @type {string[]} */
const violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});

/** @type {import('@pose-coach/core/extensions').ExtensionManifest} */
const manifest = {
  id: 'probe',
  version: '1.0.0',
  title: 'Probe',
  description: '',
  apiVersion: 1,
  prefix: 'probe',
  main: './extension.js',
  overlay: undefined,
  activationEvents: ['onStartup'],
  assets: [],
  dependencies: [],
  permissions: [],
  contributes: {
    analyzers: [{ id: 'probe.frames', title: 'Frames', inputs: ['poses'], metrics: [] }],
    metrics: [],
    feedback: [],
    commands: [{ id: 'probe.run', title: 'Run' }],
    keybindings: [],
    configuration: [],
    estimators: [],
    filters: [],
    overlayWidgets: [],
    overlayThemes: [],
  },
};

const refuse = () => Promise.reject(new Error('Nobody is to ask for this.'));

/**
 * Starts an extension.
 * @param {import('@pose-coach/core/extensions').ExtensionHost} host
 * @param {string} text
 * @param {(error: { code: string, message: string }) => void} failed
 */
function startIsolated(host, text, failed) {
  return host.start({
    manifest,
    code: { kind: 'text', text },
    permissions: [],
    settings: {},
    services: {
      log: (level, message) => console.log(level, message),
      executeCommand: refuse,
      stateGet: refuse,
      stateSet: refuse,
      stateKeys: refuse,
      asset: refuse,
      fetch: refuse,
      failed,
    },
    signal: new AbortController().signal,
  });
}

const makeHost = () => isolatedHost({ ...(frameUrl === null ? {} : { frameUrl }) });

/**
 * Starts the extension, runs its command `probe.run` and stops it.
 * @param {string} text
 * @param {(string | number)[]} values
 */
async function runIsolated(text, values) {
  const host = makeHost();
  /** @type {string[]} */
  const failures = [];
  try {
    const extension = await startIsolated(host, text, (error) => failures.push(error.message));
    const value = await extension.runCommand('probe.run', values);
    await extension.stop();
    return { value, failures, violations };
  } catch (error) {
    const { code, message } = /** @type {{ code?: string, message?: string }} */ (error);
    return { code, message, failures, violations };
  } finally {
    host.dispose();
  }
}

/**
 * Adds an extension by its address, as a page does, runs its command `probe.run` and removes it.
 * @param {string} address
 * @param {string[]} values
 */
async function runPackage(address, values) {
  const extensions = createExtensions();
  try {
    await extensions.add(address);
    return await extensions.commands.execute('probe.run', ...values);
  } finally {
    extensions.dispose();
  }
}

/** @type {import('@pose-coach/core/extension').OverlayLook} */
const look = {
  accent: '#33cc99',
  accent2: '#ff5a8a',
  text: '#ffffff',
  muted: '#9aa4b2',
  surface: 'transparent',
  edge: 'transparent',
  good: '#4ade80',
  warning: '#fbbf24',
  font: 'sans-serif',
  weight: 700,
  radius: 12,
  finish: 'flat',
};

/**
 * Shows the first widget of the extension at an address, isolated, paints one moment with these settings, and waits
 * for what it logs or for what is wrong with it.
 * @param {string} address of its package.json
 * @param {Record<string, string | number>} settings
 */
async function runPart(address, settings) {
  const manifest = await (await fetch(address)).json();
  const place = document.createElement('div');
  place.style.cssText = 'position:relative;width:160px;height:90px';
  document.body.append(place);
  /** @type {(line: string) => void} */
  let tell = () => undefined;
  /** @type {Promise<string>} */
  const told = new Promise((resolve) => {
    tell = resolve;
  });
  const parts = createOverlayParts({
    sources: [{ manifest, url: address }],
    log: (_extension, _level, line) => tell(line),
    ...(frameUrl === null ? {} : { frameUrl }),
  });
  parts.onFault(({ message }) => tell(message));
  const size = { width: 160, height: 90 };
  const part = parts.mount('widget', parts.widgets[0]?.value.id ?? '', place);
  part.paint(
    {
      now: 0,
      elapsed: 0,
      size,
      settings,
      look,
      calm: false,
      live: false,
      readings: {},
      events: [],
      metrics: {},
      cues: [],
    },
    1,
  );
  const said = await told;
  parts.dispose();
  place.remove();
  return { said, violations };
}

/** @type {import('@pose-coach/core/extensions').StepInput} */
const nobody = {
  frame: {
    sequence: 1,
    epoch: 1,
    timestamp: 1,
    width: 640,
    height: 480,
    poses: [],
    hands: [],
    dropped: 0,
    timings: { capturedAt: 0, stages: {} },
  },
  beats: [],
  readings: [],
};

/**
 * Shows an extension a frame every 16 ms, or whenever it is done with the last one, until it fails.
 * @param {import('@pose-coach/core/extensions').ExtensionHost} host
 * @param {string} text
 * @returns {Promise<string>} the code of its failure
 */
async function codeOfFailure(host, text) {
  /** @type {(code: string) => void} */
  let tell = () => undefined;
  /** @type {Promise<string>} */
  const failed = new Promise((resolve) => {
    tell = resolve;
  });
  const extension = await startIsolated(host, text, ({ code }) => tell(code));
  let busy = false;
  const frames = setInterval(async () => {
    if (busy) return;
    busy = true;
    await Promise.resolve(extension.step(nobody)).catch(() => undefined);
    busy = false;
  }, 16);
  return failed.finally(() => clearInterval(frames));
}

/**
 * Runs a peaceful extension beside one that crashes the process of both, and reports what each was told.
 * @param {string} peaceful
 * @param {string} crashing
 * @param {string} report the address that what was found is sent to, as its query
 */
async function runCrash(peaceful, crashing, report) {
  const host = makeHost();
  const [neighbour, crashed] = await Promise.all([
    codeOfFailure(host, peaceful),
    codeOfFailure(host, crashing),
  ]);
  const again = await startIsolated(host, peaceful, () => undefined);
  const sum = String(await again.runCommand('probe.run', [40, 2]));
  host.dispose();
  await fetch(`${report}?${new URLSearchParams({ crashed, neighbour, again: sum })}`);
}

Object.assign(window, { runIsolated, runPackage, runPart, runCrash });
