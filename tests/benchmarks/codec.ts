// Bytes per pose on the wire and in a recording, and what encoding and decoding cost over JSON, in Node, on the
// frames of the sample recording.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import {
  type Decoded,
  decodeRecordingFrame,
  decodeWireFrame,
  encodeRecordingFrame,
  encodeWireFrame,
  readChunk,
} from '../../packages/core/src/codec/index.ts';
import { jointAngles, type PoseFrame } from '../../packages/core/src/pose/index.ts';
import { readRecording } from '../../packages/core/src/session/recording.ts';
import { median, print, type Row } from './report.ts';

/** Passes over all frames per measurement, and measurements of which the median counts. */
const PASSES = 4;
const ROUNDS = 9;

const codec = new URL('../../packages/core/src/codec/index.ts', import.meta.url).pathname;
const file = readFileSync(new URL('../../packages/elements/assets/sample-dance.poses', import.meta.url));
const { frames } = unwrap(readRecording(file));
/** What the wire carries without options, as JSON would. */
const bare = frames.map(
  (frame): PoseFrame => ({
    ...frame,
    poses: frame.poses.map((pose) => ({ ...pose, worldLandmarks: [] })),
  }),
);

const wire = bare.map((frame) => encodeWireFrame(frame));
const json = bare.map((frame) => JSON.stringify(frame));
const chunks = frames.map((frame) => encodeRecordingFrame(frame));
const payloads = chunks.map((chunk) => {
  const reading = readChunk(chunk, 0);
  if (reading.status !== 'whole') throw new Error(`A chunk that was just written is ${reading.status}.`);
  return reading.payload;
});
const exactJson = frames.map((frame) => JSON.stringify(frame));
const full = frames.map((frame) => ({
  frame,
  options: { world: true, timings: true, angles: frame.poses.map((pose) => jointAngles(pose)) },
}));

const bytes = median(wire.map(({ length }) => length));
print('Bytes of a frame with one person (median over the sample)', [
  { what: 'wire', measured: `${bytes}`, budget: '≤ 300', ok: bytes <= 300 },
  row(
    'wire with world, angles and timings',
    median(full.map((f) => encodeWireFrame(f.frame, f.options).length)),
  ),
  row('wire as JSON', median(json.map(({ length }) => length))),
  row('recording', median(chunks.map(({ length }) => length))),
  row('recording as JSON', median(exactJson.map(({ length }) => length))),
]);

print(`Microseconds per frame (median of ${ROUNDS} rounds of ${PASSES * frames.length} frames, in turn)`, [
  ...compare(
    'encode wire ÷ JSON.stringify',
    () => bare.map((frame) => encodeWireFrame(frame)),
    () => bare.map((frame) => JSON.stringify(frame)),
  ),
  ...compare(
    'decode wire ÷ JSON.parse',
    () => wire.map((each) => unwrap(decodeWireFrame(each))),
    () => json.map((each): unknown => JSON.parse(each)),
  ),
  ...compare(
    'encode recording ÷ JSON.stringify',
    () => frames.map((frame) => encodeRecordingFrame(frame)),
    () => frames.map((frame) => JSON.stringify(frame)),
  ),
  ...compare(
    'decode recording ÷ JSON.parse',
    () => payloads.map((each) => unwrap(decodeRecordingFrame(each))),
    () => exactJson.map((each): unknown => JSON.parse(each)),
  ),
]);

print('Size of the wire form (minified, gzipped)', [
  await size('encode and decode', 'encodeWireFrame, decodeWireFrame', 2500),
  await size('encode alone (a publisher)', 'encodeWireFrame'),
  await size('decode alone (an overlay)', 'decodeWireFrame'),
  await size('header alone (a relay)', 'peekWireHeader'),
]);

function unwrap<T>(result: Decoded<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

function row(what: string, value: number): Row {
  return { what, measured: `${value}`, budget: '', ok: undefined };
}

function compare(what: string, ours: () => unknown[], reference: () => unknown[]): Row[] {
  time(ours);
  time(reference);
  const ourTimes: number[] = [];
  const referenceTimes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ourTimes.push(time(ours));
    referenceTimes.push(time(reference));
  }
  const our = median(ourTimes);
  const theirs = median(referenceTimes);
  const measured = `${our.toFixed(2)} ÷ ${theirs.toFixed(2)} = ${(our / theirs).toFixed(2)}`;
  return [{ what, measured, budget: '', ok: undefined }];
}

/** Microseconds per frame. */
function time(work: () => unknown[]): number {
  const started = performance.now();
  let made = 0;
  for (let pass = 0; pass < PASSES; pass += 1) made += work().length;
  return ((performance.now() - started) * 1000) / made;
}

async function size(what: string, names: string, budget?: number): Promise<Row> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names} } from '${codec}';`, resolveDir: '.', loader: 'ts' },
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'chrome103',
    write: false,
  });
  const length = gzipSync(outputFiles[0]?.contents ?? new Uint8Array(0), { level: 9 }).length;
  return {
    what,
    measured: `${length} bytes`,
    budget: budget === undefined ? '' : `≤ ${budget}`,
    ok: budget === undefined ? undefined : length <= budget,
  };
}
