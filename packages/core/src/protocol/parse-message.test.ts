import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientMessage, serverMessage } from './message-arbitraries.test-data.ts';
import { encodeMessage, parseClientMessage, parseServerMessage } from './parse-message.ts';

/** The same pseudo-random numbers in every run. */
const SEED = 20_261_103;

const READING = { metric: 'dance.tempo', timestamp: 1000, status: 'ok', value: 120, confidence: 0.9 };

const CUE = {
  id: 'hello.raise-higher',
  timestamp: 1000,
  severity: 'hint',
  message: 'Higher!',
  joints: ['leftWrist'],
  source: 'extension-hello',
};

const WELCOME = { type: 'welcome', version: 1, serverTime: 0, live: false, revision: 0, state: {} };

const STAGE = { version: 1, current: 'dance', hidden: false, scenes: [{ id: 'dance' }] };

/** A message with one reading that differs from a good one in this; numbers in quotes are said without them. */
function readingWith(changes: object): string {
  const message = { type: 'readings', readings: [{ ...READING, ...changes }], cues: [] };
  return JSON.stringify(message).replace('"1e999"', '1e999');
}

function cueWith(changes: object): string {
  return JSON.stringify({ type: 'readings', readings: [], cues: [{ ...CUE, ...changes }] });
}

describe('parsing messages', () => {
  it('reads back every message of a client as it was', () => {
    fc.assert(
      fc.property(clientMessage, (message) => {
        expect(parseClientMessage(encodeMessage(message))).toEqual({ ok: true, value: message });
      }),
      { numRuns: 2000, seed: SEED },
    );
  });

  it('reads back every message of a server as it was', () => {
    fc.assert(
      fc.property(serverMessage, (message) => {
        expect(parseServerMessage(encodeMessage(message))).toEqual({ ok: true, value: message });
      }),
      { numRuns: 2000, seed: SEED },
    );
  });

  it('answers 100,000 mutated messages without a throw, and lets no other value through than it says', () => {
    const originals = [
      ...fc.sample(clientMessage, { numRuns: 500, seed: SEED }),
      ...fc.sample(serverMessage, { numRuns: 500, seed: SEED }),
    ].map(encodeMessage);
    const random = pseudoRandom(SEED);
    const faults: string[] = [];
    let refused = 0;
    let accepted = 0;
    for (let run = 0; run < 100_000; run += 1) {
      const text = mutate(originals[run % originals.length] ?? '', random);
      for (const parse of [parseClientMessage, parseServerMessage]) {
        const result = parse(text);
        if (result.ok) {
          accepted += 1;
          // Whatever is let through can be said again, and is understood the same.
          if (result.value.type === 'unknown') continue;
          const said = encodeMessage(result.value);
          const again = parse(said);
          const same = again.ok && again.value.type !== 'unknown' && encodeMessage(again.value) === said;
          if (!same) faults.push(text);
        } else {
          refused += 1;
          const { code, message } = result.error;
          const known = code === 'MESSAGE_INVALID' || code === 'VERSION_UNSUPPORTED';
          if (!known || message.length > 300) faults.push(text);
        }
      }
    }
    expect(faults).toEqual([]);
    // Mutations that change nothing that matters are let through, most are not.
    expect(accepted).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(100_000);
  }, 60_000);

  it.each([
    ['not JSON', '{', 'not JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['nothing', 'null', 'not a JSON object'],
    ['no type', '{}', 'type:'],
    ['a number for a role', '{"type":"hello","version":1,"role":3,"channel":"a"}', 'role:'],
    ['an unknown role', '{"type":"hello","version":1,"role":"boss","channel":"a"}', 'role:'],
    [
      'a channel that is a path',
      '{"type":"hello","version":1,"role":"publisher","channel":"../a"}',
      'channel:',
    ],
    ['no channel', '{"type":"hello","version":1,"role":"publisher"}', 'channel:'],
    [
      'a token that is null',
      '{"type":"hello","version":1,"role":"publisher","channel":"a","token":null}',
      'token:',
    ],
    ['a version in words', '{"type":"hello","version":"one","role":"publisher","channel":"a"}', 'version:'],
    ['time without end', '{"type":"ping","sentAt":1e999}', 'sentAt:'],
    ['entries that are a list', '{"type":"state","entries":[]}', 'entries:'],
    ['a key with a space', '{"type":"state","entries":{"a b":1}}', 'entries.a b:'],
    ['the key __proto__', '{"type":"state","entries":{"__proto__":1}}', 'entries.__proto__:'],
    ['the key constructor', '{"type":"state","entries":{"constructor":1}}', 'entries.constructor:'],
    ['a number without end, deep inside', '{"type":"state","entries":{"a":[{"b":1e999}]}}', 'entries.a.0.b:'],
    ['a role of tomorrow', '{"type":"hello","version":1,"role":"director","channel":"a"}', 'role:'],
    ['readings that are an object', '{"type":"readings","readings":{},"cues":[]}', 'readings:'],
    ['a reading without confidence', readingWith({ confidence: undefined }), 'readings.0.confidence:'],
    ['a reading that is surer than sure', readingWith({ confidence: 1.1 }), 'readings.0.confidence:'],
    ['a reading of time without end', readingWith({ timestamp: '1e999' }), 'readings.0.timestamp:'],
    ['a reading of no metric', readingWith({ metric: '__proto__' }), 'readings.0.metric:'],
    ['a reading with a list of nothing', readingWith({ value: [] }), 'readings.0.value:'],
    ['a reading with an object', readingWith({ value: {} }), 'readings.0.value:'],
    ['a reading of a book', readingWith({ value: 'x'.repeat(501) }), 'readings.0.value:'],
    ['a reading that ends before it starts', readingWith({ start: 5, end: 4 }), 'readings.0:'],
    ['a reading that has half a span', readingWith({ start: 5 }), 'readings.0:'],
    ['a reading of nobody', readingWith({ poseId: -1 }), 'readings.0.poseId:'],
    ['an unknown reading with a value', readingWith({ status: 'unknown', reason: 'dark' }), 'readings.0:'],
    [
      'an unknown reading without a reason',
      readingWith({ status: 'unknown', value: undefined }),
      'readings.0:',
    ],
    ['a known reading with a reason', readingWith({ reason: 'dark' }), 'readings.0:'],
    [
      'more readings than allowed',
      JSON.stringify({ type: 'readings', readings: Array(201).fill(READING), cues: [] }),
      'readings:',
    ],
    ['a cue for a tail', cueWith({ joints: ['tail'] }), 'cues.0.joints.0:'],
    ['a cue that shouts', cueWith({ severity: 'shout' }), 'cues.0.severity:'],
    ['a cue that goes on and on', cueWith({ message: 'x'.repeat(501) }), 'cues.0.message:'],
    [
      'more cues than allowed',
      JSON.stringify({ type: 'readings', readings: [], cues: Array(21).fill(CUE) }),
      'cues:',
    ],
    ['half a frame', '{"type":"painted","frames":0.5,"median":1,"longest":2}', 'frames:'],
    ['a request without an id', '{"type":"request","method":"obs.find","params":{}}', 'id:'],
    ['a request without params', '{"type":"request","id":1,"method":"obs.find"}', 'params:'],
    [
      'a request that is nested too deep',
      `{"type":"request","id":1,"method":"obs.find","params":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      'params:',
    ],
    [
      'a value that is nested too deep',
      `{"type":"state","entries":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      'nested',
    ],
  ])('refuses %s with a message that names the place', (_, text, words) => {
    const result = parseClientMessage(text);
    expect(result.ok ? result.value : result.error).toMatchObject({
      code: 'MESSAGE_INVALID',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    [
      'a stage of tomorrow',
      { ...WELCOME, stage: { stage: { ...STAGE, version: 2 }, revision: 1 } },
      'stage.stage:',
    ],
    [
      'a stage without a scene',
      { ...WELCOME, stage: { stage: { ...STAGE, scenes: [] }, revision: 1 } },
      'stage.stage:',
    ],
    [
      'a change to scenes that are none',
      { type: 'stage', revision: 1, change: { scenes: [1] } },
      'change.scenes:',
    ],
    ['an answer to nobody', { type: 'answer', id: -1, result: {} }, 'id:'],
    ['an error without words', { type: 'answer', id: 1, error: { code: 'OBS_FAILED' } }, 'error.message:'],
  ])('refuses from a server %s', (_, message, words) => {
    const result = parseServerMessage(JSON.stringify(message));
    expect(result.ok ? result.value : result.error).toMatchObject({
      code: 'MESSAGE_INVALID',
      message: expect.stringContaining(words),
    });
  });

  it('does not take from a client what servers say, nor the other way round', () => {
    expect(parseClientMessage('{"type":"obs","status":{"status":"off"}}')).toEqual({
      ok: true,
      value: { type: 'unknown', name: 'obs' },
    });
    expect(parseServerMessage('{"type":"request","id":1,"method":"obs.find","params":{}}')).toEqual({
      ok: true,
      value: { type: 'unknown', name: 'request' },
    });
  });

  it('says that versions differ before it complains of anything else', () => {
    const result = parseClientMessage('{"type":"hello","version":7,"shape":"unheard of"}');
    expect(result.ok ? result.value : result.error).toMatchObject({ code: 'VERSION_UNSUPPORTED' });
  });

  it('refuses a message that is too long before it reads it', () => {
    const ofClient = parseClientMessage(`"${'x'.repeat(70_000)}`);
    expect(ofClient.ok ? ofClient.value : ofClient.error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    // A server may say more: a welcome holds the whole stage.
    const ofServer = parseServerMessage(`"${'x'.repeat(1_100_000)}`);
    expect(ofServer.ok ? ofServer.value : ofServer.error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('passes on the name of a type that it does not know, and leaves out fields that it does not know', () => {
    expect(parseServerMessage('{"type":"hologram","depth":3}')).toEqual({
      ok: true,
      value: { type: 'unknown', name: 'hologram' },
    });
    // Not even when every object has something of that name.
    expect(parseServerMessage('{"type":"toString"}')).toEqual({
      ok: true,
      value: { type: 'unknown', name: 'toString' },
    });
    expect(parseServerMessage('{"type":"source","live":true,"since":5}')).toEqual({
      ok: true,
      value: { type: 'source', live: true },
    });
  });
});

/** Mulberry32, a small generator of numbers in [0, 1). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One to three faults, as transmission, bugs and strangers make them. */
function mutate(text: string, random: () => number): string {
  let mutated = text;
  const faults = 1 + Math.floor(random() * 3);
  for (let fault = 0; fault < faults; fault += 1) {
    const at = Math.floor(random() * mutated.length);
    const length = 1 + Math.floor(random() * 8);
    switch (Math.floor(random() * 6)) {
      case 0:
        mutated = mutated.slice(0, at);
        break;
      case 1:
        mutated = mutated.slice(0, at) + mutated.slice(at + length);
        break;
      case 2:
        mutated =
          mutated.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + mutated.slice(at + 1);
        break;
      case 3:
        mutated = mutated.slice(0, at) + mutated.slice(at, at + length) + mutated.slice(at);
        break;
      case 4:
        mutated = mutated.replace(/-?\d+(\.\d+)?/, ['1e999', '-1', '""', 'null', '[]'][at % 5] ?? '');
        break;
      default:
        mutated = mutated.replace(
          /"[a-z]+"/,
          ['"__proto__"', '"type"', '0', '{}', '"constructor"'][at % 5] ?? '',
        );
    }
  }
  return mutated;
}
