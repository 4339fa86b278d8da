// @ts-check
// A page that runs the text of an extension isolated, and asks it to do something.
// The page's address may say where the frame's file is served: `?frameUrl=/extension-frame.html`.
import { isolatedHost } from '@pose-coach/core/extensions';

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
  activationEvents: ['onStartup'],
  dependencies: [],
  permissions: [],
  contributes: {
    analyzers: [],
    metrics: [],
    feedback: [],
    commands: [{ id: 'probe.run', title: 'Run' }],
    keybindings: [],
    configuration: [],
    estimators: [],
    filters: [],
  },
};

/**
 * Starts the extension, runs its command `probe.run` and stops it.
 * @param {string} text
 * @param {(string | number)[]} values
 */
async function runIsolated(text, values) {
  const host = isolatedHost({ ...(frameUrl === null ? {} : { frameUrl }) });
  const refuse = () => Promise.reject(new Error('Nobody is to ask for this.'));
  /** @type {string[]} */
  const failures = [];
  try {
    const extension = await host.start({
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
        failed: (error) => failures.push(error.message),
      },
      signal: new AbortController().signal,
    });
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

Object.assign(window, { runIsolated });
