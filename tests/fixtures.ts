import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The folder with real clips and labelled motion: `POSE_COACH_FIXTURES`, or `shared/fixtures` beside the
 * checkout. Undefined where there is none: tests that need it then say `skipped: no fixtures`.
 */
export const fixtures: string | undefined = [
  process.env.POSE_COACH_FIXTURES,
  resolve(repository, '../shared/fixtures'),
].find((folder) => folder !== undefined && existsSync(join(folder, 'MANIFEST.md')));
