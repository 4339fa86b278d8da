import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { danceSequences } from '../../../../tests/motion/sequences.ts';
import { isHit, judgeDance, judgeExercise, labelledExercises } from '../../../../tests/motion/tempo-truth.ts';

/** As measured in November 2026 on 20 sequences of seven AIST++ takes and 33 clips of RepCount-A. */
const DANCES_RIGHT = 20;
const EXERCISES_RIGHT = 19;

/** Longer exercises would take a test's patience; `npm run bench dance-truth` looks at all. */
const MOST_FRAMES = 900;

/** AIST++ has music from 80 to 135 BPM. */
const OTHER_TEMPOS = [90, 120, 135];

describe('the tempo of real takes, the whole way from their frames', () => {
  it("is within 4 % of the music's, strictly, in all of the dances", (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures (AIST++ dances)');
    const judgements = danceSequences(fixtures).map((sequence) => judgeDance(sequence));
    expect(judgements.filter((judgement) => isHit(judgement)).length).toBeGreaterThanOrEqual(DANCES_RIGHT);
  });

  it('follows when dances are played faster and slower, over all tempos that are danced to', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures (AIST++ dances)');
    const basic = danceSequences(fixtures).filter(
      ({ take, view }) => take.includes('_sBM_') && /3d|c01/.test(view),
    );
    expect(basic.length).toBeGreaterThan(0);
    const missed = OTHER_TEMPOS.flatMap((bpm) =>
      basic.map((dance) => judgeDance(dance, bpm / dance.bpm)).filter((judgement) => !isHit(judgement)),
    );
    expect(missed).toEqual([]);
  });

  it('finds as many labelled repetitions of exercises as it did', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures (RepCount-A exercises)');
    let right = 0;
    for (const exercise of labelledExercises(fixtures)) {
      if (exercise.frames.length <= MOST_FRAMES && isHit(judgeExercise(exercise).cycle)) right += 1;
    }
    expect(right).toBeGreaterThanOrEqual(EXERCISES_RIGHT);
  });
});
