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

Object.assign(window, {
  /**
   * The whole of a film, losslessly.
   * @param {import('../dance-clips.ts').ClipPackets} clip
   */
  analyseClip: async (clip) => {
    /** @type {import('@pose-coach/core').Analyzer | undefined} */
    let analyzer;
    const dancing = {
      create: () => {
        analyzer = dance().create();
        return analyzer;
      },
    };
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
    return { frames, withPeople, movements, intensities, summary: analyzer?.finish?.().details };
  },

  /**
   * The camera, as fast as it goes, with the extension in its host.
   * @param {{ model: 'lite' | 'full', seconds: number }} order
   */
  coachCamera: async ({ model, seconds }) => {
    const manifest = await (await fetch('/extension.json')).json();
    const extensions = createExtensions({ sources: [{ manifest, module: extension }] });
    await extensions.ready;
    const coach = createCoach({
      estimator: engine({ model }),
      source: { kind: 'pixels', frames: camera() },
      extensions,
    });
    const { movements, intensities, hear } = listen();
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
          hear(readings);
          if (times.last - times.first >= 1000 * seconds) resolve(undefined);
        });
      });
      const [status] = extensions.list;
      return {
        ...times,
        movements,
        intensities,
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
