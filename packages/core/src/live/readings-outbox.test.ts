import { describe, expect, it } from 'vitest';
import type { Reading } from '../analysis/index.ts';
import { encodeMessage, parseClientMessage } from '../protocol/index.ts';
import { cue, JUMP, jump, tempo } from './live-readings.test-data.ts';
import { ReadingsOutbox } from './readings-outbox.ts';

function outbox(): ReadingsOutbox {
  const made = new ReadingsOutbox();
  made.events = new Set([JUMP.id]);
  return made;
}

describe('what a publisher has to tell', () => {
  it('is the newest reading of each metric and person, every event, and all cues, in the order of time', () => {
    const made = outbox();
    made.add([tempo(10, 118), jump(10), tempo(10, 90, { poseId: 1 })], [cue(10, 'One.')]);
    made.add([jump(20)], []);
    made.add([tempo(30, 121)], [cue(30, 'Two.')]);
    expect(made.take()).toEqual({
      type: 'readings',
      readings: [tempo(10, 90, { poseId: 1 }), jump(10), jump(20), tempo(30, 121)],
      cues: [cue(10, 'One.'), cue(30, 'Two.')],
    });
    expect(made.isEmpty).toBe(true);
    expect(made.take()).toBeUndefined();
  });

  it('is urgent while there are events or cues', () => {
    const made = outbox();
    made.add([tempo(10)], []);
    expect(made.isUrgent).toBe(false);
    made.add([jump(10)], []);
    expect(made.isUrgent).toBe(true);
    made.take();
    made.add([], [cue(10)]);
    expect(made.isUrgent).toBe(true);
  });

  it('is bounded however long nothing is sent, and the oldest make room', () => {
    const made = outbox();
    for (let person = 0; person < 1000; person += 1) {
      made.add([tempo(person, 100, { poseId: person }), jump(person)], [cue(person)]);
    }
    const told: Reading[] = [];
    let cues = 0;
    for (let message = made.take(); message; message = made.take()) {
      expect(message.readings.length).toBeLessThanOrEqual(200);
      told.push(...message.readings);
      cues += message.cues.length;
    }
    // Two hundred persons, as many jumps: the last of each.
    expect(told.filter(({ metric }) => metric === JUMP.id).map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 200 }, (_, index) => 800 + index),
    );
    expect(told.filter(({ metric }) => metric !== JUMP.id).map(({ poseId }) => poseId)).toEqual(
      Array.from({ length: 200 }, (_, index) => 800 + index),
    );
    expect(cues).toBe(20);
  });

  it('is said in messages that a server takes, however long its words are', () => {
    const made = outbox();
    // Three bytes a character in UTF-8, so that one reading takes one and a half kilobytes.
    const words = '高'.repeat(500);
    made.add(
      Array.from({ length: 150 }, (_, person) => tempo(person, 0, { poseId: person, value: words })),
      Array.from({ length: 20 }, (_, index) => cue(index, words)),
    );
    let readings = 0;
    let cues = 0;
    let messages = 0;
    for (let message = made.take(); message; message = made.take()) {
      const text = encodeMessage(message);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
      expect(parseClientMessage(text)).toMatchObject({ ok: true });
      messages += 1;
      readings += message.readings.length;
      cues += message.cues.length;
    }
    expect({ readings, cues }).toEqual({ readings: 150, cues: 20 });
    // 255 kilobytes of words in all.
    expect(messages).toBeGreaterThanOrEqual(4);
    expect(messages).toBeLessThanOrEqual(10);
  });

  it('leaves out what a server would close the connection for, and counts it', () => {
    const made = outbox();
    made.add(
      [tempo(10, Number.NaN), { ...tempo(10), metric: 'no id' }, tempo(10, 120, { poseId: 1 })],
      [cue(10, 'x'.repeat(501)), cue(11)],
    );
    expect(made.take()).toEqual({
      type: 'readings',
      readings: [tempo(10, 120, { poseId: 1 })],
      cues: [cue(11)],
    });
    expect(made.refused).toBe(3);
    made.add([tempo(20, Number.POSITIVE_INFINITY)], []);
    expect(made.take()).toBeUndefined();
  });
});
