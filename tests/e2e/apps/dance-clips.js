// @ts-check
// What somebody writes who wants to know what is danced in a film, frame by frame, and before a camera, live.
import { classify, createCoach, estimatePoses, oneEuro, smooth } from '@pose-coach/core';
import { camera } from '@pose-coach/core/camera';
import { createExtensions } from '@pose-coach/core/extensions';
import { mediapipe } from '@pose-coach/core/mediapipe';
import { dance } from '@pose-coach/extension-dance';
import * as extension from '@pose-coach/extension-dance/extension';
import { from, lastValueFrom, tap } from 'rxjs';

/** Decoded pictures that wait for the engine: enough for the decoder never to be what is waited for. */
const AHEAD = 4;

const engine = (/** @type {{ model?: 'lite' | 'full', maxPoses?: number }} */ options) =>
  mediapipe({ ...options, delegate: 'CPU', assets: '/assets/' });

/**
 * Every picture of a film in order with its media time, however slow the engine is.
 * @param {import('../dance-clips.ts').ClipPackets} clip
 * @param {() => Promise<void>} taken resolves when the picture before has been dealt with
 */
async function* pictures(clip, taken) {
  const film = await (await fetch(clip.address)).arrayBuffer();
  const description = Uint8Array.from(atob(clip.description), (character) => character.charCodeAt(0));
  /** @type {VideoFrame[]} */
  const decoded = [];
  let wake = () => {};
  /** @type {unknown} */
  let failure;
  const decoder = new VideoDecoder({
    output: (picture) => {
      decoded.push(picture);
      wake();
    },
    error: (error) => {
      failure = error;
      wake();
    },
  });
  decoder.configure({ codec: clip.codec, description });
  const changed = () =>
    new Promise((resolve) => {
      wake = () => resolve(undefined);
      decoder.addEventListener('dequeue', () => resolve(undefined), { once: true });
    });
  let next = 0;
  let flushed = false;
  while (!flushed || decoded.length > 0) {
    while (next < clip.packets.length && decoder.decodeQueueSize + decoded.length < AHEAD) {
      const packet = clip.packets[next];
      next += 1;
      if (!packet) break;
      const { at, size, timestamp, key } = packet;
      const data = new Uint8Array(film, at, size);
      decoder.decode(
        new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: Math.round(1000 * timestamp), data }),
      );
    }
    if (next === clip.packets.length && !flushed) {
      await decoder.flush();
      flushed = true;
    }
    if (failure !== undefined) throw failure;
    const image = decoded.shift();
    if (!image) {
      if (!flushed) await changed();
      continue;
    }
    await taken();
    yield {
      image,
      timestamp: image.timestamp / 1000,
      epoch: 1,
      width: image.displayWidth,
      height: image.displayHeight,
      capturedAt: Date.now(),
      skipped: 0,
    };
  }
  decoder.close();
}

/** What a run says of movement and intensity from moment to moment. */
function listen() {
  /** @type {{ poseId: number | undefined, timestamp: number, movement: string | undefined }[]} */
  const movements = [];
  /** @type {{ poseId: number | undefined, timestamp: number, value: number }[]} */
  const intensities = [];
  /** @param {readonly import('@pose-coach/core').Reading[]} readings */
  const hear = (readings) => {
    for (const { metric, poseId, timestamp, value } of readings) {
      if (metric === 'dance.movement') {
        movements.push({ poseId, timestamp, movement: typeof value === 'string' ? value : undefined });
      }
      if (metric === 'dance.intensity' && typeof value === 'number') {
        intensities.push({ poseId, timestamp, value });
      }
    }
  };
  return { movements, intensities, hear };
}

/** The analysis, and its summary of the take when that has ended. */
function kept() {
  /** @type {import('@pose-coach/core').Analyzer | undefined} */
  let analyzer;
  const dancing = {
    create: () => {
      analyzer = dance().create();
      return analyzer;
    },
  };
  return { dancing, finish: () => analyzer?.finish?.().details };
}

Object.assign(window, {
  /**
   * The whole of a film, losslessly.
   * @param {import('../dance-clips.ts').ClipPackets} clip
   */
  analyseClip: async (clip) => {
    const { dancing, finish } = kept();
    let release = () => {};
    let free = Promise.resolve();
    const taken = async () => {
      await free;
      free = new Promise((resolve) => {
        release = () => resolve(undefined);
      });
    };
    const { movements, intensities, hear } = listen();
    let frames = 0;
    let withPeople = 0;
    const { model, maxPoses } = clip;
    await lastValueFrom(
      from(pictures(clip, taken)).pipe(
        estimatePoses(engine({ model, ...(maxPoses === undefined ? {} : { maxPoses }) }), {
          backpressure: 'lossless',
          onFrameLost: () => release(),
        }),
        smooth(oneEuro()),
        classify(dancing),
        tap(({ frame, readings }) => {
          frames += 1;
          if (frame.poses.length > 0) withPeople += 1;
          hear(readings);
          release();
        }),
      ),
    );
    return { frames, withPeople, movements, intensities, summary: finish() };
  },

  /**
   * The camera, as fast as it goes, with the extension in its host; and then the frames that came of it once more,
   * with the extension's package alone.
   * @param {{ model: 'lite' | 'full', seconds: number }} order
   */
  coachCamera: async ({ model, seconds }) => {
    const manifest = await (await fetch('/extension.json')).json();
    const extensions = createExtensions({ sources: [{ manifest, module: extension }] });
    await extensions.ready;
    // Starts it: otherwise the first frame does, and goes without.
    await extensions.commands.execute('dance.resetTempo');
    const coach = createCoach({
      estimator: engine({ model }),
      source: { kind: 'pixels', frames: camera() },
      extensions,
    });
    const live = listen();
    /** @type {import('@pose-coach/core').PoseFrame[]} */
    const frames = [];
    /** @type {{ first: number, last: number, frames: number, dropped: number }} */
    const times = { first: Number.NaN, last: Number.NaN, frames: 0, dropped: 0 };
    try {
      await new Promise((resolve, reject) => {
        coach.state.subscribe((state) => {
          if (state.status === 'error') reject(state.error);
        });
        coach.frames.subscribe(({ frame, readings }) => {
          if (times.frames === 0) times.first = frame.timestamp;
          else times.dropped += frame.dropped;
          times.frames += 1;
          times.last = frame.timestamp;
          frames.push(frame);
          live.hear(readings);
          if (times.last - times.first >= 1000 * seconds) resolve(undefined);
        });
      });
      const [status] = extensions.list;
      const summary = (await extensions.finish())['dance.analysis']?.details;
      const again = listen();
      const { dancing, finish } = kept();
      await lastValueFrom(
        from(frames).pipe(
          classify(dancing),
          tap(({ readings }) => again.hear(readings)),
        ),
      );
      return {
        ...times,
        movements: live.movements,
        intensities: live.intensities,
        summary,
        again: { movements: again.movements, intensities: again.intensities, summary: finish() },
        state: status?.state,
        trust: status?.trust,
        failure: status?.lastError?.message,
      };
    } finally {
      coach.dispose();
      extensions.dispose();
    }
  },
});
