import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jointAngles, type PoseFrame } from '../pose/index.ts';
import { arbitraryFrame, nearPicture } from './arbitrary-frame.ts';
import {
  type Decoded,
  decodeRecordingFrame,
  decodeRecordingMetadata,
  decodeRecordingPreamble,
  decodeWireFrame,
  encodeRecordingFrame,
  encodeRecordingHeader,
  encodeWireFrame,
  peekWireHeader,
  readChunk,
} from './index.ts';

const MUTATIONS = 120_000;

/** A small seeded generator (Marsaglia's xorshift32, 2003), so that a failure can be run again. */
function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Flips bits, sets bytes to extremes, cuts, repeats and shifts: one to four faults per message. */
function mutate(original: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = Uint8Array.from(original);
  for (let faults = 1 + random(4); faults > 0; faults -= 1) {
    const at = random(Math.max(bytes.length, 1));
    const kind = random(6);
    if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    else if (kind === 1) bytes[at] = random(256);
    else if (kind === 2) bytes.fill(0xff, at, at + 1 + random(8));
    else if (kind === 3) bytes = bytes.slice(0, at);
    else if (kind === 4) bytes = bytes.slice(at);
    else bytes = Uint8Array.from([...bytes, ...bytes.subarray(at, at + random(64))]);
  }
  return bytes;
}

/** True when no number anywhere in a value is NaN or infinite. */
function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  for (const entry of Object.values(value)) if (!allFinite(entry)) return false;
  return true;
}

/** How many objects a value is made of. */
function objects(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 1;
  for (const entry of Object.values(value)) count += objects(entry);
  return count;
}

function payload(chunk: Uint8Array, offset = 0): Uint8Array {
  const reading = readChunk(chunk, offset);
  if (reading.status !== 'whole') throw new Error(reading.status);
  return reading.payload;
}

test(`${MUTATIONS.toLocaleString('en')} mutated messages: every decoder answers, never throws, invents nothing`, () => {
  const frames: PoseFrame[] = fc.sample(arbitraryFrame(nearPicture), { seed: 6, numRuns: 40 });
  const header = encodeRecordingHeader({ label: 'a dance', engine: 'mediapipe', model: 'full' });
  const messages = [
    ...frames.map((frame) => encodeWireFrame(frame)),
    ...frames.map((frame) =>
      encodeWireFrame(frame, {
        world: true,
        timings: true,
        angles: frame.poses.map((pose) => jointAngles(pose)),
      }),
    ),
    ...frames.map((frame) => payload(encodeRecordingFrame(frame))),
    ...frames.slice(0, 4).map((frame) => encodeRecordingFrame(frame)),
    header,
    payload(header, 8),
  ];
  const decoders: readonly ((bytes: Uint8Array) => Decoded<unknown>)[] = [
    decodeWireFrame,
    peekWireHeader,
    decodeRecordingFrame,
    decodeRecordingMetadata,
    (bytes) => decodeRecordingPreamble(bytes),
  ];
  const random = randomSource(20_261_121);
  const codes = new Map<string, number>();
  for (let run = 0; run < MUTATIONS; run += 1) {
    const original = messages[run % messages.length];
    if (original === undefined) throw new Error('There are messages.');
    const bytes = mutate(original, random);
    const started = performance.now();
    for (const decode of decoders) {
      const result = decode(bytes);
      const code = result.ok ? 'decoded' : result.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (!result.ok) continue;
      if (!allFinite(result.value)) throw new Error(`Run ${run}: a number that is not finite came out.`);
      // An object stands for several bytes of its own: more would mean that a count was believed.
      if (objects(result.value) > bytes.length + 20)
        throw new Error(`Run ${run}: more came out than went in.`);
    }
    const reading = readChunk(bytes, random(bytes.length + 1));
    if (reading.status === 'whole' && reading.payload.length > bytes.length) throw new Error(`Run ${run}`);
    // A second is an eternity for a few kilobytes: only a hang takes it.
    if (performance.now() - started > 1000) throw new Error(`Run ${run} took more than a second.`);
  }
  expect([...codes.keys()].sort()).toEqual(['BYTES_INVALID', 'VERSION_UNSUPPORTED', 'decoded']);
  // The mutations are worth something only if many get past the header.
  expect(codes.get('decoded')).toBeGreaterThan(MUTATIONS / 20);
}, 120_000);

test('random bytes and a forged count of people are refused without being believed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(decodeWireFrame(bytes).ok).toBe(false);
      expect(decodeRecordingPreamble(bytes).ok).toBe(false);
    }),
    { seed: 7, numRuns: 2000 },
  );
  const [frame] = fc.sample(arbitraryFrame(nearPicture), { seed: 8, numRuns: 1 });
  if (frame === undefined) throw new Error('One was asked for.');
  const bytes = encodeWireFrame({ ...frame, poses: [], hands: [] });
  bytes[3] = 255;
  bytes[4] = 255;
  expect(decodeWireFrame(bytes).ok).toBe(false);
});
