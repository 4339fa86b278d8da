// How much each number of the dance analysis changes when the same take is resampled, mirrored, seen from farther
// away, shifted, shaken, cut off at the knees, or loses frames: the largest change over synthetic dancers and real
// dances (AIST++, 3-D), as the tables of the package's README.
import { fixtures } from '../fixtures.ts';
import { CHANGES, type Effect, effectsOn, MEASURES, type Take } from '../motion/robustness.ts';
import { danceSequences } from '../motion/sequences.ts';
import { syntheticTakes } from '../motion/synthetic-takes.ts';

table('Synthetic dancers', syntheticTakes());
if (fixtures) {
  const dances = danceSequences(fixtures).filter(({ view }) => view === '3d');
  table(`AIST++, ${dances.length} takes in 3-D`, dances);
} else {
  console.log('\nskipped: no fixtures (the robustness of real dances needs AIST++ takes)');
}

function table(title: string, takes: readonly Take[]): void {
  const effects = takes.flatMap((take) => effectsOn(take));
  console.log(`\n${title}: largest change of ${takes.length} takes against the same at 60 Hz\n`);
  row(['', ...CHANGES.map(({ name }) => name)]);
  row(['---', ...CHANGES.map(() => '---:')]);
  for (const measure of MEASURES) {
    const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
    const cells = CHANGES.map(({ name }) =>
      cell(effects.filter((effect) => effect.measure === measure && effect.change === name)),
    );
    row([`${measure.name}${unit}`, ...cells]);
  }
}

/** The largest change; in brackets of how many takes it is not known any more, or not any less. */
function cell(effects: readonly Effect[]): string {
  const differences = effects.flatMap(({ difference }) => difference ?? []);
  const lost = effects.filter(({ before, after }) => before !== null && after === null).length;
  const found = effects.filter(({ before, after }) => before === null && after !== null).length;
  const decimals = effects[0]?.measure.decimals ?? 0;
  const largest = differences.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one), 0);
  const notes = [lost > 0 ? `${lost} unknown` : '', found > 0 ? `${found} only then` : ''].filter(Boolean);
  const text = differences.length === 0 ? '–' : signed(largest, decimals);
  return notes.length === 0 ? text : `${text} (${notes.join(', ')})`;
}

function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return Number(text) === 0 ? '0' : `${value < 0 ? '−' : '+'}${text}`;
}

function row(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
