import type { ExtensionContext, JsonValue, PoseCoachApi } from '@pose-coach/core/extension';
import { dance } from './dance.ts';

/** The settings, by their ids in the manifest. */
interface Settings {
  /** Milliseconds by which the sound is later than the picture; 0: not measured (settings have no “nothing”). */
  'dance.delay': number;
}

/** Registers the analysis, what is said, and the commands for the tempo. */
export function activate(context: ExtensionContext<Settings>, coach: PoseCoachApi): void {
  const dancing = dance({
    delay: () => {
      const delay = context.configuration.get('dance.delay');
      return delay === 0 ? undefined : delay;
    },
    isMusicAllowed: () => context.permissions.includes('audio'),
  });
  /** A command answers with what is set now, in words that can be shown. */
  const command = (name: string, run: (value: JsonValue | undefined) => void) =>
    coach.commands.register(`dance.${name}`, (value) => {
      run(value);
      return dancing.tempoWords();
    });
  context.subscriptions.push(
    coach.analyzers.register('dance.analysis', dancing),
    ...dancing.rules.map(({ id, create }) => coach.feedback.register(id, { create })),
    command('tapTempo', () => dancing.tapTempo()),
    command('setTempo', (bpm) => dancing.setTempo(typeof bpm === 'number' ? bpm : Number.NaN)),
    command('halveTempo', () => dancing.halveTempo()),
    command('doubleTempo', () => dancing.doubleTempo()),
    command('resetTempo', () => dancing.resetTempo()),
  );
}
