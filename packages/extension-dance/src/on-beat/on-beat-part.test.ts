import { type MetricDeclaration, readingFault } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  bouncing,
  dancerFrames,
  dancing,
  inTurn,
  type Move,
  randomNumbers,
  standing,
  twoStep,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { Live } from '../rhythm/live-rhythm.test-support.ts';
import { ON_BEAT_METRICS } from './on-beat-metrics.ts';

/** Beats of music so that a body whose beats are at whole periods is `offset` ms behind it; ahead when negative. */
const musicAt = (bpm: number, offset = 0, seconds = 60) =>
  Array.from({ length: Math.floor((seconds * bpm) / 60) }, (_, beat) => (60_000 / bpm) * beat - offset);

const danceAt = (beatsPerMinute: number) => dancing(beatTimes([{ beatsPerMinute, seconds: 120 }]));

describe('on the beat', () => {
  it('finds how far a dancer is ahead or behind to within 15 ms, from −120 to 120 ms', () => {
    const tried = new Map([
      [80, [-120, 60]],
      [120, [-120, -60, 0, 60, 120]],
      [150, [-60, 120]],
    ]);
    for (const [bpm, offsets] of tried) {
      const moves = { dancing: danceAt(bpm), bouncing: bouncing(bpm / 60), 'two-step': twoStep(bpm) };
      for (const [name, move] of Object.entries(moves)) {
        const frames = dancerFrames({ move }, { seconds: 14, noise: 0.003 });
        for (const offset of offsets) {
          const live = new Live(frames, { music: musicAt(bpm, offset) });
          const about = `${name} at ${bpm} BPM, ${offset} ms`;
          const said = live.last('dance.onBeat.offset');
          expect(Math.abs(Number(said?.value) - offset), about).toBeLessThan(15);
          expect(said?.confidence, about).toBeGreaterThan(0.7);
          expect(Math.abs(Number(live.onBeat.offset) - offset), `summary: ${about}`).toBeLessThan(15);
        }
      }
    }
  });

  it('finds the same offset from 24, 30 and 60 Hz and with a tenth of the frames lost', () => {
    for (const options of [{ rate: 24 }, { rate: 30 }, { rate: 60 }, { droppedShare: 0.1 }]) {
      const frames = dancerFrames({ move: danceAt(110) }, { seconds: 14, noise: 0.003, ...options });
      const live = new Live(frames, { music: musicAt(110, -45) });
      const offset = Number(live.last('dance.onBeat.offset')?.value);
      expect(Math.abs(offset + 45), JSON.stringify(options)).toBeLessThan(12);
    }
  });

  it('gives the share within 70 ms: nearly all at 30 ms, none at 120 ms', () => {
    const frames = dancerFrames({ move: danceAt(120) }, { seconds: 14, noise: 0.002 });
    const near = new Live(frames, { music: musicAt(120, 30) });
    const far = new Live(frames, { music: musicAt(120, 120) });
    expect(near.last('dance.onBeat')?.value).toBeGreaterThan(90);
    expect(near.onBeat.share).toBeGreaterThan(90);
    expect(far.last('dance.onBeat')?.value).toBeLessThan(10);
    expect(far.onBeat).toMatchObject({ chance: 28, drift: null });
    expect(far.onBeat.share).toBeLessThan(10);
  });

  it('says how far each movement beat is off, once each', () => {
    const live = new Live(dancerFrames({ move: bouncing(2) }, { seconds: 15 }), { music: musicAt(120, 40) });
    const each = live.of('dance.onBeat.each');
    // One a second half, not two, though the body stops at the top as well; the first ones are not known to be such.
    expect(each.length).toBeGreaterThan(20);
    expect(each.length).toBeLessThanOrEqual(30);
    for (const { at, reading } of each.slice(8)) {
      expect(Math.abs(Number(reading.value) - 40)).toBeLessThan(15);
      expect(at - reading.timestamp).toBeLessThan(2000);
    }
  });

  it('takes the measured delay of the sound from the times of the beats', () => {
    // The dancer is on the beat, but the sound reaches the computer 90 ms after the picture.
    const late = musicAt(120).map((beat) => beat + 90);
    const frames = dancerFrames({ move: danceAt(120) }, { seconds: 16 });
    const blind = new Live(frames, { music: late });
    expect(Math.abs(Number(blind.last('dance.onBeat.offset')?.value) + 90)).toBeLessThan(10);
    const calibrated = new Live(frames, { music: late, delay: () => 90 });
    expect(Math.abs(Number(calibrated.last('dance.onBeat.offset')?.value))).toBeLessThan(10);
    expect(calibrated.onBeat.share).toBeGreaterThan(95);
    expect(calibrated.onBeat.delay).toBe(90);
    let now = 0;
    const late2 = new Live(frames, {
      music: late,
      delay: () => (now > 10_000 ? 90 : 0),
      onFrame: (timestamp) => {
        now = timestamp;
      },
    });
    expect(Math.abs(Number(late2.last('dance.onBeat.offset', 9900)?.value) + 90)).toBeLessThan(10);
    expect(Math.abs(Number(late2.last('dance.onBeat.offset', 10_300)?.value))).toBeLessThan(10);
    expect(Math.abs(Number(late2.onBeat.offset))).toBeLessThan(10);
  });

  it('finds movement at random on the beat as often as chance does, and neither ahead nor behind', () => {
    const bpm = 120;
    const shares: number[] = [];
    let offsets = 0;
    for (const seed of [1, 2, 3, 4]) {
      const chance = randomNumbers(seed);
      const turns: number[] = [0];
      for (let at = 0; at < 70; turns.push(at)) at += 0.35 + 0.5 * chance.uniform();
      const live = new Live(dancerFrames({ move: dancing(turns) }, { seconds: 60, noise: 0.002 }), {
        music: musicAt(bpm, 0, 60),
      });
      shares.push(Number(live.onBeat.share));
      offsets += live.values('dance.onBeat.offset').length / live.of('dance.onBeat').length;
      expect(live.onBeat.movementBeats).toBeGreaterThan(50);
    }
    // ±70 ms of 500 ms.
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(Math.abs(mean - 28)).toBeLessThan(10);
    expect(offsets / 4).toBeLessThan(0.15);
  });

  it('is sure of a dancer who keeps to the beat and not of one who does not', () => {
    const music = musicAt(120, 0, 30);
    const kept = new Live(dancerFrames({ move: danceAt(120) }, { seconds: 25 }), { music });
    const missed = new Live(dancerFrames({ move: danceAt(97) }, { seconds: 25 }), { music });
    expect(kept.last('dance.onBeat')?.confidence).toBeGreaterThan(0.9);
    expect(missed.last('dance.onBeat')?.confidence).toBeLessThan(0.4);
    expect(missed.last('dance.onBeat.offset')).toMatchObject({
      status: 'unknown',
      reason: 'The movement does not keep to the music’s beat, so it is neither ahead nor behind.',
    });
    expect(missed.onBeat).toMatchObject({ offset: null, spread: null });
  });

  it('is on the beat in none of the tempos that meet the music only now and then', () => {
    // At two thirds of the tempo every second stop is on a beat, at two fifths as well: half of them, by arithmetic.
    const moves = (bpm: number) => [danceAt(bpm), twoStep(bpm), bouncing(bpm / 60)];
    for (const [own, bpm] of [
      [80, 120],
      [100, 150],
      [48, 120],
    ] as const) {
      for (const move of moves(own)) {
        const live = new Live(dancerFrames({ move }, { seconds: 25, noise: 0.003 }), { music: musicAt(bpm) });
        const about = `${own} to ${bpm} BPM`;
        for (const share of live.values('dance.onBeat', 10_000)) expect(share, about).toBeLessThan(65);
        expect(live.last('dance.onBeat')?.confidence, about).toBeLessThan(0.3);
        expect(live.last('dance.onBeat.offset')?.status, about).toBe('unknown');
        expect(live.onBeat.share, about).toBeLessThan(60);
        expect(live.onBeat.offset, about).toBeNull();
      }
    }
  });

  it('calls nobody ahead or behind who dances between the beats', () => {
    for (const move of [danceAt(100), bouncing(100 / 60)]) {
      const frames = dancerFrames({ move }, { seconds: 20, noise: 0.003 });
      for (const offset of [260, 300, -260]) {
        const live = new Live(frames, { music: musicAt(100, offset) });
        expect(live.last('dance.onBeat')?.value).toBe(0);
        expect(live.last('dance.onBeat.offset')).toMatchObject({
          status: 'unknown',
          reason:
            'The movement keeps to the middle between the music’s beats, so it is neither ahead nor behind.',
        });
        expect(live.onBeat).toMatchObject({ share: 0, offset: null, offsetUncertainty: null });
      }
    }
  });

  it('says of another tempo close to the music’s that it is slower or faster, not that it is ahead or behind', () => {
    for (const [bpm, reason] of [
      [117, 'The movement is slower than the music: it comes later from beat to beat.'],
      [123, 'The movement is faster than the music: it comes earlier from beat to beat.'],
    ] as const) {
      const frames = dancerFrames({ move: danceAt(bpm) }, { seconds: 40, noise: 0.003 });
      const live = new Live(frames, { music: musicAt(120) });
      const said = live.of('dance.onBeat.offset').filter(({ at }) => at > 9000);
      // After twenty seconds they are a beat off, and meanwhile ahead for half of the time, behind for the other.
      expect(said.filter(({ reading }) => reading.status === 'ok').length / said.length).toBeLessThan(0.1);
      expect(said.filter(({ reading }) => reading.reason === reason).length / said.length).toBeGreaterThan(
        0.8,
      );
    }
  });

  it('is no surer of the dancer than of the beat of the music', () => {
    const frames = dancerFrames({ move: danceAt(120) }, { seconds: 16, noise: 0.003 });
    const live = new Live(frames, { music: musicAt(120), musicStrength: 0.3 });
    expect(live.last('dance.onBeat')?.value).toBeGreaterThan(90);
    for (const metric of ['dance.onBeat', 'dance.onBeat.offset', 'dance.onBeat.each']) {
      expect(live.last(metric)?.confidence, metric).toBeGreaterThan(0.2);
      expect(live.last(metric)?.confidence, metric).toBeLessThanOrEqual(0.3);
    }
    expect(live.onBeat.confidence).toBeLessThanOrEqual(0.31);
  });

  it('holds as uncertain what a delay that nobody has measured could explain', () => {
    const frames = dancerFrames({ move: danceAt(120) }, { seconds: 16, noise: 0.002 });
    const music = musicAt(120, -30);
    const unmeasured = new Live(frames, { music, delay: () => undefined });
    const measured = new Live(frames, { music, delay: () => 0 });
    for (const metric of ['dance.onBeat.offset', 'dance.onBeat.each']) {
      // 100 ms either way as long as nothing is known; of a measured one an exposure and a smoothing, 20 ms.
      expect(unmeasured.last(metric)?.uncertainty, metric).toBeGreaterThanOrEqual(100);
      expect(unmeasured.last(metric)?.uncertainty, metric).toBeLessThan(115);
      expect(measured.last(metric)?.uncertainty, metric).toBeGreaterThanOrEqual(20);
      expect(measured.last(metric)?.uncertainty, metric).toBeLessThan(50);
    }
    expect(unmeasured.last('dance.onBeat')?.confidence).toBe(0.5);
    expect(measured.last('dance.onBeat')?.confidence).toBeGreaterThan(0.9);
    expect(unmeasured.onBeat.offsetUncertainty).toBeGreaterThanOrEqual(100);
    expect(measured.onBeat.offsetUncertainty).toBeGreaterThanOrEqual(20);
    expect(measured.onBeat.offsetUncertainty).toBeLessThan(50);
    expect(unmeasured.onBeat.confidence).toBeLessThanOrEqual(0.5);
    expect(measured.onBeat.confidence).toBeGreaterThan(0.9);
  });

  it('gives no number with next to no confidence, but the reason', () => {
    const metrics = ['dance.onBeat', 'dance.onBeat.offset', 'dance.onBeat.each'];
    const lowest = (live: Live) =>
      Math.min(
        ...metrics.flatMap((metric) =>
          live.of(metric).flatMap(({ reading }) => (reading.status === 'ok' ? [reading.confidence] : [])),
        ),
      );
    const frames = dancerFrames({ move: danceAt(97) }, { seconds: 25 });
    const missed = new Live(frames, { music: musicAt(120, 0, 30) });
    expect(missed.of('dance.onBeat').length).toBeGreaterThan(100);
    expect(lowest(missed)).toBeGreaterThanOrEqual(0.1);
    expect(missed.last('dance.onBeat')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('does not keep to the music’s beat'),
    });
    const faint = new Live(frames, { music: musicAt(97), musicStrength: 0.05 });
    expect(lowest(faint)).toBe(Number.POSITIVE_INFINITY);
    expect(faint.last('dance.onBeat')?.reason).toBe(
      'The beat of the music is not clear enough to compare with.',
    );
  });

  it('says that it may not follow the music where that was refused, and not that there is none', () => {
    const frames = dancerFrames({ move: danceAt(120) }, { seconds: 6 });
    const refused = new Live(frames, { isMusicAllowed: () => false });
    for (const metric of ['dance.onBeat', 'dance.onBeat.offset']) {
      expect(refused.last(metric)).toMatchObject({
        status: 'unknown',
        reason: 'Dance may not follow the music: it was not allowed to.',
      });
    }
  });

  it('says that there is no music when there is none, and three seconds after it has stopped', () => {
    const frames = dancerFrames({ move: danceAt(120) }, { seconds: 16 });
    expect(new Live(frames).last('dance.onBeat')).toMatchObject({ status: 'unknown', reason: 'No music.' });
    const stopped = new Live(frames, { music: musicAt(120, 0, 10) });
    expect(stopped.last('dance.onBeat', 11_000)?.status).toBe('ok');
    expect(stopped.last('dance.onBeat', 14_000)).toMatchObject({ status: 'unknown', reason: 'No music.' });
    expect(stopped.onBeat.musicBeats).toBe(20);
  });

  it('says that there is nothing to compare when nobody moves', () => {
    const still = new Live(dancerFrames({ move: standing() }, { seconds: 8 }), { music: musicAt(120) });
    expect(still.last('dance.onBeat')?.status).toBe('unknown');
    const stopping: Move = inTurn([danceAt(120), 10], [standing(), 20]);
    const stopped = new Live(dancerFrames({ move: stopping }, { seconds: 18 }), { music: musicAt(120) });
    expect(stopped.last('dance.onBeat')?.reason).toBe('No movement beats to compare with the music.');
    expect(stopped.onBeat.share).toBeGreaterThan(90);
    expect(still.onBeat).toMatchObject({ share: null, offset: null, confidence: 0 });
  });

  it('compares with music at half and twice the tempo of the dance', () => {
    const frames = dancerFrames({ move: danceAt(90) }, { seconds: 16, noise: 0.002 });
    for (const bpm of [45, 180]) {
      const live = new Live(frames, { music: musicAt(bpm, 20) });
      expect(live.last('dance.onBeat')?.value, `${bpm} BPM`).toBeGreaterThan(90);
      expect(Math.abs(Number(live.last('dance.onBeat.offset')?.value) - 20), `${bpm} BPM`).toBeLessThan(15);
    }
  });

  it('measures how a dancer drifts away from the music', () => {
    // Every beat of the dance comes 0.5 ms late: 60 ms in a minute at 120 BPM.
    const beats = Array.from({ length: 150 }, (_, beat) => 0.5005 * beat - 0.03);
    const live = new Live(dancerFrames({ move: dancing(beats) }, { seconds: 60 }), { music: musicAt(120) });
    expect(Math.abs(Number(live.onBeat.drift) - 60)).toBeLessThan(6);
    const steady = new Live(dancerFrames({ move: danceAt(120) }, { seconds: 60 }), { music: musicAt(120) });
    expect(Math.abs(Number(steady.onBeat.drift))).toBeLessThan(6);
  });

  it('says nothing that the host would refuse, and sums up in plain JSON', () => {
    const metrics = new Map(
      ON_BEAT_METRICS.map((metric): [string, MetricDeclaration] => [metric.id, metric]),
    );
    const live = new Live(
      dancerFrames({ move: danceAt(110), absent: [{ from: 6, until: 7 }] }, { seconds: 14, noise: 0.004 }),
      { music: musicAt(113) },
    );
    for (const { reading } of live.said.filter(({ reading: { metric } }) => metrics.has(metric))) {
      expect(readingFault(reading, metrics)).toBeUndefined();
    }
    expect(JSON.parse(JSON.stringify(live.onBeat))).toEqual(live.onBeat);
  });
});
