// An extension that listens to how a body swings: the tempo of a dance from the autocorrelation of the velocities of
// its joints, brought up to date with every frame. Two readings per frame.
import type { Analyzer, AnalyzerInput, Reading } from '../../../packages/core/src/analysis/index.ts';
import type { ExtensionContext, PoseCoachApi } from '../../../packages/core/src/extensions/api/index.ts';
import { BODY_LANDMARKS } from '../../../packages/core/src/pose/body-landmarks.ts';

/** Shoulders, elbows, wrists, hips, knees and ankles: 36 signals. */
const JOINTS = (['Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const).flatMap((name) => [
  BODY_LANDMARKS[`left${name}`],
  BODY_LANDMARKS[`right${name}`],
]);
const SIGNALS = JOINTS.length * 3;
/** Frames per second that the lags are made for, and the slowest and fastest tempo in beats per minute. */
const RATE = 30;
const SLOWEST = 70;
const FASTEST = 140;
/** A comb has teeth at one, two and four beats. */
const TEETH = [1, 2, 4] as const;
const LAGS = Math.ceil((60 / SLOWEST) * RATE * 4) + 1;
/** What is left of the autocorrelation after a frame: half of it after five seconds. */
const FADING = 0.5 ** (1 / (5 * RATE));

/** Makes what the benchmark also calls directly. */
export const tempoAnalyzer = {
  create(): Analyzer {
    /** Velocities of the last frames, a ring of one row per frame. */
    const rows = new Float64Array(LAGS * SIGNALS);
    const correlation = new Float64Array(LAGS);
    let frames = 0;
    let before: { readonly timestamp: number; readonly places: Float64Array } | undefined;

    const correlate = (places: Float64Array, previous: Float64Array, seconds: number) => {
      const newest = (frames % LAGS) * SIGNALS;
      for (let signal = 0; signal < SIGNALS; signal += 1) {
        rows[newest + signal] = ((places[signal] ?? 0) - (previous[signal] ?? 0)) / seconds;
      }
      frames += 1;
      for (let lag = 0; lag < LAGS; lag += 1) {
        const older = ((frames - 1 - lag + LAGS * 2) % LAGS) * SIGNALS;
        let sum = 0;
        for (let signal = 0; signal < SIGNALS; signal += 1) {
          sum += (rows[newest + signal] ?? 0) * (rows[older + signal] ?? 0);
        }
        correlation[lag] = FADING * (correlation[lag] ?? 0) + sum;
      }
    };

    const strongest = () => {
      let tempo = 0;
      let strength = 0;
      for (let candidate = SLOWEST; candidate <= FASTEST; candidate += 1) {
        let sum = 0;
        for (const beats of TEETH) sum += correlation[Math.round((60 / candidate) * RATE * beats)] ?? 0;
        if (sum <= strength) continue;
        strength = sum;
        tempo = candidate;
      }
      return { tempo, strength: strength / TEETH.length / (correlation[0] || 1) };
    };

    return {
      step({ frame }: AnalyzerInput): readonly Reading[] {
        const [pose] = frame.poses;
        if (!pose) return [];
        const { timestamp } = frame;
        const about = { timestamp, poseId: pose.id };
        const places = new Float64Array(SIGNALS);
        for (const [index, joint] of JOINTS.entries()) {
          const { x = 0, y = 0, z = 0 } = pose.worldLandmarks[joint] ?? {};
          places.set([x, y, z], index * 3);
        }
        if (before) correlate(places, before.places, (timestamp - before.timestamp) / 1000);
        before = { timestamp, places };
        const { tempo, strength } = strongest();
        const confidence = Math.min(1, Math.max(0, strength));
        return [
          tempo === 0
            ? { metric: 'tempo.tempo', ...about, status: 'unknown', reason: 'No beat yet.', confidence }
            : { metric: 'tempo.tempo', ...about, status: 'ok', value: tempo, confidence },
          { metric: 'tempo.strength', ...about, status: 'ok', value: strength, confidence },
        ];
      },
      reset() {
        rows.fill(0);
        correlation.fill(0);
        frames = 0;
        before = undefined;
      },
    };
  },
};

export function activate(context: ExtensionContext, coach: PoseCoachApi): void {
  context.subscriptions.push(coach.analyzers.register('tempo.dance', tempoAnalyzer));
}

/** Its package.json. */
export const tempoManifest = {
  name: 'benchmark-tempo',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'tempo',
    main: './extension.js',
    permissions: ['poses'],
    contributes: {
      analyzers: [{ id: 'tempo.dance', title: 'Tempo', metrics: ['tempo.tempo', 'tempo.strength'] }],
      metrics: [
        { id: 'tempo.tempo', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [SLOWEST, FASTEST] },
        { id: 'tempo.strength', title: 'How clear', kind: 'bar', range: [0, 1], decimals: 2 },
      ],
    },
  },
};
