// The tempo of real dances against their music's (AIST++), and the repetitions of real exercises against what people
// labelled (RepCount-A), as the tables of the dance extension's README.
import { fixtures } from '../fixtures.ts';
import { danceSequences } from '../motion/sequences.ts';
import {
  isHit,
  judgeDance,
  judgeExercise,
  labelledExercises,
  type TempoJudgement,
} from '../motion/tempo-truth.ts';

/** What the dances' music is sped up or slowed down to: all tempos of AIST++, 80 to 135 BPM, from every take. */
const OTHER_TEMPOS = [80, 90, 100, 110, 120, 130, 135];

if (fixtures) {
  dances(fixtures);
  exercises(fixtures);
} else {
  console.log('\nskipped: no fixtures (real dances and exercises with labels)');
}

function dances(folder: string): void {
  const sequences = danceSequences(folder);
  const judgements = sequences.map((sequence) => judgeDance(sequence));
  console.log(`\nAIST++: tempo of ${judgements.length} sequences, of ${takes(judgements)} takes\n`);
  row(['take', 'music', 'found', 'error', 'confidence', '']);
  row(['---', '---:', '---:', '---:', '---:', '---']);
  for (const judgement of judgements) row(cells(judgement));
  row(['within 4 %', '', '', '', '', shares(judgements)]);

  console.log('\nThe same, played faster and slower\n');
  row(['music', 'within 4 %']);
  row(['---:', '---']);
  for (const bpm of OTHER_TEMPOS) {
    row([`${bpm}`, shares(sequences.map((sequence) => judgeDance(sequence, bpm / sequence.bpm)))]);
  }
}

function exercises(folder: string): void {
  const judged = [...labelledExercises(folder)].map(judgeExercise);
  const groups = [...new Set(judged.map(({ cycle }) => cycle.group))];
  console.log(
    `\nRepCount-A: ${judged.length} clips, share within 4 % of 60 over the median labelled repetition\n`,
  );
  row(['exercise', 'clips', 'repetitions, strictly', 'or half or double', 'tempo, in any octave']);
  row(['---', '---:', '---:', '---:', '---:']);
  for (const group of [...groups, undefined]) {
    const some = judged.filter(({ cycle }) => group === undefined || cycle.group === group);
    const hits = (octaves: number, of: 'cycle' | 'tempo') =>
      `${some.filter((one) => isHit(one[of], octaves)).length}`;
    row([
      group ?? 'all',
      `${some.length}`,
      hits(0, 'cycle'),
      hits(1, 'cycle'),
      hits(Number.POSITIVE_INFINITY, 'tempo'),
    ]);
  }
  console.log('\nWhere the repetitions differ\n');
  row(['clip', 'labelled per minute', 'found', 'error', 'confidence of the tempo', '']);
  row(['---', '---:', '---:', '---:', '---:', '---']);
  for (const { cycle } of judged) if (!isHit(cycle)) row(cells(cycle));
}

function cells(judgement: TempoJudgement): string[] {
  const { name, group, truth, measured, confidence } = judgement;
  const found = measured === null ? 'none' : measured.toFixed(1);
  const error = measured === null ? '' : `${(100 * (measured / truth - 1)).toFixed(1)} %`;
  const hit = isHit(judgement) ? 'right' : isHit(judgement, 1) ? 'octave' : 'wrong';
  const title = name.includes(group) ? name : `${group} ${name}`;
  return [title, `${+truth.toFixed(1)}`, found, error, confidence.toFixed(2), measured === null ? '' : hit];
}

function shares(judgements: readonly TempoJudgement[]): string {
  const count = (octaves: number) => judgements.filter((one) => isHit(one, octaves)).length;
  return `${count(0)} of ${judgements.length}, ${count(1)} allowing octave`;
}

function takes(judgements: readonly TempoJudgement[]): number {
  return new Set(judgements.map(({ name }) => name.split(' ')[0])).size;
}

function row(cellTexts: readonly string[]): void {
  console.log(`| ${cellTexts.join(' | ')} |`);
}
