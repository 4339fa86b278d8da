import type { OverlayApi, OverlayPart, OverlayPartSetup } from '@pose-coach/core/extension';
import { Broadcast } from './themes/broadcast/broadcast.ts';
import { Chalk } from './themes/chalk/chalk.ts';
import { Neon } from './themes/neon/neon.ts';
import { ParticlesTheme } from './themes/particles/particles-theme.ts';
import { Activity } from './widgets/activity.ts';
import { Captions } from './widgets/captions.ts';
import { Combo } from './widgets/combo.ts';
import { Intensity } from './widgets/intensity.ts';
import { Movement } from './widgets/movement.ts';
import { OnBeat } from './widgets/on-beat.ts';
import { Score } from './widgets/score.ts';
import { Sparkline } from './widgets/sparkline.ts';
import { Tempo } from './widgets/tempo.ts';
import { Timer } from './widgets/timer.ts';

type Create = (setup: OverlayPartSetup) => OverlayPart;

const THEMES: Readonly<Record<string, Create>> = {
  neon: (setup) => new Neon(setup),
  broadcast: () => new Broadcast(),
  chalk: (setup) => new Chalk(setup),
  particles: (setup) => new ParticlesTheme(setup),
};

const WIDGETS: Readonly<Record<string, Create>> = {
  score: () => new Score(),
  tempo: () => new Tempo(),
  movement: () => new Movement(),
  intensity: () => new Intensity(),
  activity: () => new Activity(),
  onBeat: () => new OnBeat(),
  captions: () => new Captions(),
  timer: () => new Timer(),
  combo: () => new Combo(),
  sparkline: () => new Sparkline(),
};

/** Registers all themes and widgets that the manifest declares. */
export function activateOverlay(overlay: OverlayApi): void {
  for (const [name, create] of Object.entries(THEMES)) overlay.themes.register(`overlay.${name}`, { create });
  for (const [name, create] of Object.entries(WIDGETS))
    overlay.widgets.register(`overlay.${name}`, { create });
}
