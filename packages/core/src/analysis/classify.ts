import { map, Observable, type OperatorFunction } from 'rxjs';
import type { PoseFrame } from '../pose/index.ts';
import type { AnalyzerFactory, Beat } from './analyzer.ts';
import { AnalyzerRun } from './analyzer-run.ts';
import type { Reading } from './reading.ts';

/** A frame and what analyzers read in it. */
export interface ClassifiedFrame {
  readonly frame: PoseFrame;
  /** New with this frame, in the analyzers' order. */
  readonly readings: readonly Reading[];
}

/**
 * Lets analyzers read every frame.
 *
 * ```
 * frames      ──a0──a1──b0──          (epochs a and b)
 * classify(f) ──A0──A1──B0──          (frame and readings; B0 knows nothing of A)
 * ```
 * ```ts
 * frames.pipe(smooth(oneEuro()), classify(movement(), posture()))
 * ```
 * Every subscription makes its own analyzers, with a memory of their own. What one of them throws is the stream's error.
 */
export function classify(
  ...factories: readonly AnalyzerFactory[]
): OperatorFunction<PoseFrame, ClassifiedFrame> {
  return analyzing(factories, undefined);
}

/**
 * `classify` for analyzers that also hear the music's beats: each gets every beat once, with the first frame that
 * is not before it. When there are no more beats the frames go on; an error of either is the stream's error.
 *
 * ```
 * beats                       ─x────y──────
 * frames                      ──0──1──2──3─
 * classifyWithBeats(beats, f) ──0──1──2──3─
 *                               x     y      (which step sees which beat)
 * ```
 * ```ts
 * frames.pipe(classifyWithBeats(beats, rhythm()))
 * ```
 * @param beats on the frames' media clock
 */
export function classifyWithBeats(
  beats: Observable<Beat>,
  ...factories: readonly AnalyzerFactory[]
): OperatorFunction<PoseFrame, ClassifiedFrame> {
  return analyzing(factories, beats);
}

function analyzing(
  factories: readonly AnalyzerFactory[],
  beats: Observable<Beat> | undefined,
): OperatorFunction<PoseFrame, ClassifiedFrame> {
  return (source) =>
    new Observable((subscriber) => {
      const runs = factories.map((factory) => new AnalyzerRun(factory.create()));
      let heard: Beat[] = [];
      subscriber.add(
        beats?.subscribe({
          next: (beat) => heard.push(beat),
          error: (error) => subscriber.error(error),
        }),
      );
      if (subscriber.closed) return;
      source
        .pipe(
          map((frame) => {
            const fresh = heard;
            heard = [];
            return { frame, readings: runs.flatMap((run) => run.step(frame, fresh)) };
          }),
        )
        .subscribe(subscriber);
    });
}
