import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findProgram } from '../../scripts/programs.mjs';
import { fixtures } from '../fixtures.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const core = join(repository, 'packages/core');
const SNIPPET = /<!-- Run by tests\/packaging\/node-readme\.test\.ts\. -->\s+```js\n([\s\S]*?)```/;

/** Frames of the film that are played: enough to follow somebody, and for hands to be due again. */
const FRAMES = 12;

/** A folder as `npm i` leaves it. */
let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pose-coach-node-')));
  const install = (name: string, from: string) => {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(realpathSync(from), place);
  };
  install('@pose-coach/core', core);
  install('@pose-coach/models', join(repository, 'packages/models'));
  install('onnxruntime-node', join(core, 'node_modules/onnxruntime-node'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the README’s program for Node finds the dancer of a film with the built packages', async (context) => {
  if (!fixtures) return context.skip('skipped: no fixtures');
  const ffmpeg = findProgram(undefined, ['ffmpeg']);
  if (!ffmpeg) return context.skip('skipped: no ffmpeg on this machine');
  const program = SNIPPET.exec(readFileSync(join(core, 'README.md'), 'utf8'))?.[1] ?? '';
  expect(program.split('\n').length).toBeLessThanOrEqual(31);
  writeFileSync(join(folder, 'poses.mjs'), program);
  const run = promisify(execFile);
  const film = join(fixtures, 'videos/dance_phrase_talmolab.mp4');
  const cut = ['-i', film, '-frames:v', String(FRAMES), '-an', '-c:v', 'ffv1', 'dance.mkv'];
  await run(ffmpeg, ['-v', 'error', ...cut], { cwd: folder });
  const { stdout } = await run(process.execPath, ['poses.mjs', 'dance.mkv'], { cwd: folder });

  const lines = stdout.trim().split('\n');
  const frames: { timestamp: number; poses: { landmarks: unknown[] }[] }[] = lines.map((line) =>
    JSON.parse(line),
  );
  expect(frames.map(({ timestamp }) => timestamp)).toEqual(
    frames.map((_, index) => expect.closeTo((index * 1000) / 30, 6)),
  );
  expect(frames).toHaveLength(FRAMES);
  // The reference's nose is a fraction of the film's own picture, as the program's is.
  const zipped = readFileSync(join(fixtures, 'landmarks/dance_phrase_talmolab.full.json.gz'));
  const reference: { frames: { lm: number[][] }[] } = JSON.parse(gunzipSync(zipped).toString());
  for (const [index, { poses }] of frames.entries()) {
    const [x = Number.NaN, y = Number.NaN] = reference.frames[index]?.lm[0] ?? [];
    const nose = { x: expect.closeTo(x, 2), y: expect.closeTo(y, 2) };
    expect(poses.map(({ landmarks }) => landmarks[0])).toEqual([expect.objectContaining(nose)]);
  }
});
