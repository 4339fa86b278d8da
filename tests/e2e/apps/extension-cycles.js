// @ts-check
// A page whose extensions are switched on and off again and again while a recording runs through its pipeline.
import { createCoach, PoseCoachError } from '@pose-coach/core';
import { createExtensions } from '@pose-coach/core/extensions';
import { playRecording, readRecording } from '@pose-coach/core/session';

/** How much faster than recorded: a frame about every four milliseconds, so that cycles do not wait for one. */
const RATE = 8;

async function main() {
  const answer = await fetch('/sample.poses');
  const recording = readRecording(await answer.arrayBuffer());
  if (!recording.ok) throw recording.error;

  const extensions = createExtensions();
  const coach = createCoach({
    estimator: {
      create: () => Promise.reject(new PoseCoachError('ENGINE_UNSUPPORTED', 'A recording needs no engine.')),
    },
    source: { kind: 'poses', frames: playRecording(recording.value, { rate: RATE, loop: true }) },
    extensions,
  });
  let frames = 0;
  let missed = 0;
  let last = -1;
  coach.frames.subscribe(({ frame }) => {
    frames += 1;
    if (last >= 0) missed += frame.sequence - last - 1;
    last = frame.sequence;
  });

  /** @param {string} prefix */
  const nextReading = (prefix) =>
    new Promise((resolve) => {
      const listening = extensions.onReadings((readings) => {
        if (!readings.some(({ metric }) => metric.startsWith(prefix))) return;
        listening.dispose();
        resolve(undefined);
      });
    });

  Object.assign(window, {
    /** @param {string} url @param {boolean} trusted */
    add: async (url, trusted) => await extensions.add({ url, trusted, enabled: false }),
    /** @param {string} id @param {string} prefix */
    switchOn: async (id, prefix) => {
      const heard = nextReading(prefix);
      await extensions.enable(id);
      await heard;
    },
    /** @param {string} id */
    switchOff: async (id) => await extensions.disable(id),
    /** @param {string} id */
    remove: async (id) => await extensions.remove(id),
    /**
     * Switches on, waits until it has said something, switches off.
     * @param {string} id @param {string} prefix @param {number} count
     */
    cycle: async (id, prefix, count) => {
      for (let index = 0; index < count; index += 1) {
        const heard = nextReading(prefix);
        await extensions.enable(id);
        await heard;
        await extensions.disable(id);
      }
    },
    /** What has come out of the pipeline so far. */
    pipeline: () => ({ frames, missed }),
    /** @param {string} id */
    stateOf: (id) => {
      const status = extensions.list.find((each) => each.id === id);
      return { state: status?.state, restarts: status?.restarts, lastError: status?.lastError?.message };
    },
    end: () => {
      coach.dispose();
      extensions.dispose();
    },
  });
}

main().then(
  () => Object.assign(window, { outcome: 'ready' }),
  (error) => Object.assign(window, { outcome: String(error) }),
);
