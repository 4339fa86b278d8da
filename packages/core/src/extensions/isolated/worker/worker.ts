import { beginConfined, loadModule } from './confined-worker.ts';
import { PageLink } from './page-link.ts';
import { ExtensionServer } from './serve-extension.ts';

/*
 * The worker in which one isolated extension runs: a classic one, because Chromium starts no module worker from a
 * blob inside a sandboxed frame.
 */
beginConfined((post) => new ExtensionServer(new PageLink(post), loadModule));
