import { BODY_LANDMARKS, type Cue } from '@pose-coach/core';
import type { OverlayCue } from '@pose-coach/core/extension';

/** Milliseconds for which a cue is shown at least: a short sentence can be read twice while watching. */
const SHOWN_FOR = 4000;
/** … and at most, whatever it says. */
const SHOWN_FOR_LONG = 12_000;
/** Milliseconds to notice that there is something to read. */
const NOTICED_AFTER = 1000;
/** Milliseconds per character: subtitles go at 160 to 180 words a minute (BBC Subtitle Guidelines), about 15 characters a second. */
const READ_PER_CHARACTER = 1000 / 15;

/** Cues that are shown together at most. */
const MOST = 8;

/** Cues for as long as it takes to read them, the newest last, and the joints they speak of. */
export class ShownCues {
  #shown: readonly OverlayCue[] = [];
  #highlights: readonly number[] = [];

  /** The same lists as long as nothing has changed. */
  get cues(): readonly OverlayCue[] {
    return this.#shown;
  }

  /** Indices of body landmarks, each once. */
  get highlights(): readonly number[] {
    return this.#highlights;
  }

  /** @param now milliseconds on the stage's clock */
  add(cues: readonly Cue[], now: number): void {
    if (cues.length === 0) return;
    // What is said again takes the place of what was said before.
    const kept = this.#shown.filter(
      ({ cue }) => !cues.some((next) => next.id === cue.id && next.poseId === cue.poseId),
    );
    this.#set([...kept, ...cues.map((cue) => ({ cue, since: now }))].slice(-MOST));
  }

  /** Takes away what was shown for long enough. */
  step(now: number): void {
    if (this.#shown.some((shown) => isOver(shown, now))) {
      this.#set(this.#shown.filter((shown) => !isOver(shown, now)));
    }
  }

  clear(): void {
    this.#set([]);
  }

  #set(shown: readonly OverlayCue[]): void {
    this.#shown = shown;
    this.#highlights = [
      ...new Set(shown.flatMap(({ cue }) => cue.joints.map((joint) => BODY_LANDMARKS[joint]))),
    ];
  }
}

function isOver({ cue, since }: OverlayCue, now: number): boolean {
  const reading = NOTICED_AFTER + cue.message.length * READ_PER_CHARACTER;
  return now - since >= Math.min(SHOWN_FOR_LONG, Math.max(SHOWN_FOR, reading));
}
