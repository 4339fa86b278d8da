import type { RhythmControls } from './rhythm-controls.ts';

/** What the tempo is multiplied by that the movement has, in words. */
const FACTORS: Readonly<Record<number, string>> = {
  0.25: 'A quarter of the movement’s tempo.',
  0.5: 'Half the movement’s tempo.',
  2: 'Twice the movement’s tempo.',
  4: 'Four times the movement’s tempo.',
};

/** What has been set of the tempo, in words for people; while somebody taps, how many taps are missing. */
export function tempoWords({ tempo, factor, missingTaps }: RhythmControls): string {
  if (missingTaps > 0) return missingTaps === 1 ? 'Tap once more.' : 'Tap twice more.';
  if (tempo !== undefined) return `${Math.round(tempo)} BPM`;
  return FACTORS[factor] ?? 'The movement decides.';
}
