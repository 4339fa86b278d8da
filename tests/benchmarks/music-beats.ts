// Beats in made music, whole and live: tempo and beat times over 60 to 180 BPM, with noise, after a change of tempo, in
// what has no beat; and what finding them costs in Node.
import { BeatListener, findBeats } from '../../packages/core/src/analysis/music/index.ts';
import { fMeasure } from '../music/beat-score.ts';
import { notMusic } from '../music/not-music.ts';
import { addNoise, beatTimes, MUSIC_STYLES, type MusicStyle, playMusic } from '../music/synthetic-music.ts';
import { median, percentile, print, type Row } from './report.ts';

const RATE = 22_050;
/** Seconds of each piece. */
const LENGTH = 24;
/** Milliseconds after which the live listener must know the beat. */
const SETTLED = 8000;
const TEMPOS = Array.from({ length: 13 }, (_, index) => 60 + 10 * index);

interface Told {
  readonly times: readonly number[];
  readonly bpm: number | undefined;
}

interface Live extends Told {
  /** The tempo told at each beat. */
  readonly tempos: readonly (number | undefined)[];
}

await tables('without noise');
await tables('10 dB above noise', 10);
await tables('as loud as noise', 0);
await changes();
await nothing();
await cost();

async function tables(title: string, decibels?: number): Promise<void> {
  const ratios: string[] = [
    `${'tempo found ÷ true'.padEnd(22)}${TEMPOS.map((bpm) => `${bpm}`.padStart(6)).join('')}`,
  ];
  const shares: Row[] = [];
  for (const style of MUSIC_STYLES) {
    const whole: string[] = [];
    const live: string[] = [];
    const scores: number[][] = [[], [], [], []];
    let strict = 0;
    let octave = 0;
    const locks: number[] = [];
    for (const bpm of TEMPOS) {
      const beats = beatTimes(bpm, 0.3, LENGTH);
      const truth = milliseconds(beats);
      const clean = playMusic(style, beats, LENGTH, RATE);
      const samples = decibels === undefined ? clean : addNoise(clean, decibels);
      const found = await find(samples);
      const heard = listen(samples);
      whole.push(ratio(found, bpm));
      live.push(ratio(heard, bpm));
      const settled = heard.times.filter((time) => time > SETTLED);
      const later = truth.filter((time) => time > SETTLED && time < 1000 * LENGTH - 100);
      scores[0]?.push(fMeasure(found.times, truth, 30));
      scores[1]?.push(fMeasure(found.times, truth, 70));
      scores[2]?.push(fMeasure(settled, later, 30));
      scores[3]?.push(fMeasure(settled, later, 70));
      locks.push(heard.times[0] ?? Number.POSITIVE_INFINITY);
      const times = (found.bpm ?? 0) / bpm;
      if (Math.abs(times - 1) < 0.01) strict += 1;
      if ([0.5, 1, 2].some((each) => Math.abs(times / each - 1) < 0.01)) octave += 1;
    }
    ratios.push(
      `${`${style}, whole`.padEnd(22)}${whole.join('')}`,
      `${`${style}, live`.padEnd(22)}${live.join('')}`,
    );
    const [whole30, whole70, live30, live70] = scores.map((each) => percent(mean(each)));
    shares.push({
      what: style,
      measured: `tempo within 1 % ${strict} of ${TEMPOS.length}, ${octave} allowing octave; F ±30 ms ${whole30}, ±70 ms ${whole70}; live ${live30}, ${live70}, first beat told at ${(median(locks) / 1000).toFixed(1)} s (at most ${(percentile(locks, 100) / 1000).toFixed(1)})`,
      budget: '',
      ok: undefined,
    });
  }
  console.log(
    `\nMusic ${title}: ${LENGTH} s each; the first octave error one sees is where off-beats sound like beats`,
  );
  for (const line of ratios) console.log(`  ${line}`);
  print(`Music ${title}: means over 60 to 180 BPM`, shares);
}

async function changes(): Promise<void> {
  const rows: Row[] = [];
  for (const [name, tempoOf] of [
    ['+10 % at 20 s', (bpm: number) => (time: number) => (time < 20 ? bpm : 1.1 * bpm)],
    ['-10 % at 20 s', (bpm: number) => (time: number) => (time < 20 ? bpm : 0.9 * bpm)],
    [
      'ramp of 20 % over 30 s',
      (bpm: number) => (time: number) => bpm * (1 + Math.min(0.2, Math.max(0, (time - 5) / 150))),
    ],
  ] as const) {
    for (const style of ['clicks', 'rock', 'plucked'] as const satisfies readonly MusicStyle[]) {
      const wholes: number[] = [];
      const lives: number[] = [];
      const follows: number[] = [];
      for (const bpm of [80, 100, 120, 150]) {
        const tempo = tempoOf(bpm);
        const beats = beatTimes(tempo, 0.3, 40);
        const truth = milliseconds(beats);
        const samples = playMusic(style, beats, 40, RATE);
        wholes.push(fMeasure((await find(samples)).times, truth, 30));
        const heard = listen(samples);
        lives.push(
          fMeasure(
            heard.times.filter((time) => time > SETTLED),
            truth.filter((time) => time > SETTLED && time < 39_900),
            30,
          ),
        );
        const wrong = heard.times.filter((time, index) => {
          const off = Math.min(...truth.map((each) => Math.abs(each - time)));
          return (
            time > 20_000 &&
            (off > 30 || Math.abs((heard.tempos[index] ?? 0) / tempo(time / 1000) - 1) > 0.01)
          );
        });
        follows.push(Math.max(0, (wrong.at(-1) ?? 20_000) - 20_000) / 1000);
      }
      const followed = name.startsWith('ramp')
        ? ''
        : `, all right again after ${median(follows).toFixed(1)} s (at most ${percentile(follows, 100).toFixed(1)})`;
      rows.push({
        what: `${name}, ${style}`,
        measured: `F ±30 ms whole ${percent(mean(wholes))}, live ${percent(mean(lives))}${followed}`,
        budget: '',
        ok: undefined,
      });
    }
  }
  print('Changes of tempo, from 80, 100, 120 and 150 BPM', rows);
}

async function nothing(): Promise<void> {
  const rows: Row[] = [];
  for (const [name, samples] of notMusic(60, RATE)) {
    const whole = (await find(samples)).times.length;
    const live = listen(samples).times.length;
    rows.push({
      what: name,
      measured: `${whole} beats whole, ${live} live`,
      budget: '0',
      ok: whole + live === 0,
    });
  }
  print('A minute of what has no beat', rows);
}

async function cost(): Promise<void> {
  const minute = playMusic('rock', beatTimes(120, 0, 60), 60, 48_000);
  const samples = new Float32Array(600 * 48_000);
  for (let each = 0; each < 10; each += 1) samples.set(minute, each * minute.length);
  let begin = performance.now();
  await findBeats(samples, 48_000);
  const whole = (performance.now() - begin) / 1000;
  const listener = new BeatListener(48_000);
  const blocks: number[] = [];
  begin = performance.now();
  for (let from = 0; from < minute.length; from += 128) {
    const before = performance.now();
    listener.step(minute.subarray(from, from + 128));
    blocks.push(performance.now() - before);
  }
  const live = (performance.now() - begin) / 60_000;
  print('Cost in Node, at 48 kHz', [
    { what: 'ten minutes, whole', measured: `${whole.toFixed(2)} s`, budget: '≤ 5 s', ok: whole <= 5 },
    {
      what: 'live, of one core',
      measured: `${(100 * live).toFixed(2)} %`,
      budget: '≤ 2 %',
      ok: live <= 0.02,
    },
    {
      what: 'live, a block of 128 (2.67 ms)',
      measured: `median ${median(blocks).toFixed(4)} ms, 99.9 % ${percentile(blocks, 99.9).toFixed(2)} ms`,
      budget: '',
      ok: undefined,
    },
  ]);
}

async function find(samples: Float32Array): Promise<Told> {
  const { beats, bpm } = await findBeats(samples, RATE);
  return { times: beats.map(({ timestamp }) => timestamp), bpm };
}

function listen(samples: Float32Array): Live {
  const listener = new BeatListener(RATE);
  const times: number[] = [];
  const tempos: (number | undefined)[] = [];
  for (let from = 0; from < samples.length; from += 128) {
    for (const { timestamp } of listener.step(samples.subarray(from, from + 128))) {
      times.push(timestamp);
      tempos.push(listener.state.bpm);
    }
  }
  return { times, tempos, bpm: listener.state.bpm };
}

function milliseconds(beats: readonly number[]): number[] {
  return beats.map((seconds) => seconds * 1000);
}

function ratio({ bpm }: Told, truth: number): string {
  return (bpm === undefined ? '-' : (bpm / truth).toFixed(2)).padStart(6);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
