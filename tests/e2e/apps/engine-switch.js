// @ts-check
// A page whose `<pose-coach>` is recorded while its engine is changed.
import { record } from '@pose-coach/core/session';

/** @typedef {{ sequence: number, epoch: number, timestamp: number, dropped: number, arrived: number, engine: string, model: string, landmarks: (readonly [number, number])[], aspect: number }} SeenFrame */

/** @type {SeenFrame[]} */
const frames = [];
/** @type {string[]} */
const states = [];
/** @type {string[]} */
const errors = [];
/** @type {Uint8Array<ArrayBuffer>[]} */
const chunks = [];

const coach = /** @type {import('@pose-coach/elements').PoseCoachElement} */ (
  document.querySelector('pose-coach')
);
coach.addEventListener('pose-error', ({ detail }) => errors.push(detail.message));
coach.addEventListener('pose-state', ({ detail }) => {
  const switching = detail.status === 'running' && detail.switching ? ' switching' : '';
  const state = detail.status + switching;
  if (states.at(-1) !== state) states.push(state);
});
coach.addEventListener('pose-frame', ({ detail: { frame } }) => {
  const info = coach.state.status === 'running' ? coach.state.info : undefined;
  frames.push({
    sequence: frame.sequence,
    epoch: frame.epoch,
    timestamp: frame.timestamp,
    dropped: frame.dropped,
    arrived: performance.now(),
    engine: info?.engine ?? '',
    model: info?.model ?? '',
    landmarks: (frame.poses[0]?.landmarks ?? []).map(({ x, y }) => [x, y]),
    aspect: frame.width / frame.height,
  });
});

/** @type {(bytes: number[]) => void} */
let finished = () => {};
/** @type {Promise<number[]>} */
const recording = new Promise((resolve) => {
  finished = resolve;
});
/** @type {{ unsubscribe(): void } | undefined} */
let recorder;

Object.assign(window, {
  engineSwitch: {
    frames,
    states,
    errors,
    record() {
      recorder = coach.coach?.rawFrames
        .pipe(
          record((bytes) => void chunks.push(bytes.slice()), {
            onClosed: async () => finished([...new Uint8Array(await new Blob(chunks).arrayBuffer())]),
          }),
        )
        .subscribe();
    },
    /** @returns the recording's bytes */
    finish() {
      recorder?.unsubscribe();
      return recording;
    },
  },
});
