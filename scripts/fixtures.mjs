// @ts-check
// Finds the real clips that some tests need. Plain JavaScript: it runs on any Node from 20 up.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const beside = resolve(fileURLToPath(new URL('../../shared/fixtures', import.meta.url)));

/**
 * The folder with real clips and labelled motion: `POSE_COACH_FIXTURES`, or `shared/fixtures` beside the
 * checkout. Undefined where there is none: tests that need it then say `skipped: no fixtures`.
 * @type {string | undefined}
 */
export const fixtures = [process.env.POSE_COACH_FIXTURES, beside].find(
  (folder) => folder !== undefined && existsSync(join(folder, 'MANIFEST.md')),
);
