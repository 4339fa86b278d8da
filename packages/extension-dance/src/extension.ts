import type { ExtensionContext, JsonValue, PoseCoachApi } from '@pose-coach/core/extension';
import { dance } from './dance.ts';

/** The settings, by their ids in the manifest. */
interface Settings {
  /** Milliseconds by which the sound is later than the picture; 0: not measured. */
  'dance.delay': number;
}

/** Registers the analysis, what is said, and the commands for the tempo. */
export function activate(context: ExtensionContext<Settings>, coach: PoseCoachApi): void {
  const dancing = dance({
    delay: () => {
      const delay = context.configuration.get('dance.delay');
      return delay === 0 ? undefined : delay;
    },
  });
  const command = (name: string, run: (value: JsonValue | undefined) => JsonValue | undefined) =>
    coach.commands.register(`dance.${name}`, (value) => run(value));
  context.subscriptions.push(
    coach.analyzers.register('dance.analysis', dancing),
    ...dancing.rules.map(({ id, create }) => coach.feedback.register(id, { create })),
    command('tapTempo', () => dancing.tapTempo() ?? null),
    command('setTempo', (bpm) => {
      dancing.setTempo(typeof bpm === 'number' ? bpm : Number.NaN);
      return undefined;
    }),
    command('halveTempo', () => {
      dancing.halveTempo();
      return undefined;
    }),
    command('doubleTempo', () => {
      dancing.doubleTempo();
      return undefined;
    }),
    command('resetTempo', () => {
      dancing.resetTempo();
      return undefined;
    }),
  );
}
