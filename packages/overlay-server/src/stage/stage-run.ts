import type { MetricDeclaration, MetricId, Reading } from '@pose-coach/core/analysis';
import { type Scene, ScoreRun, type Stage, type Trigger, TriggerRun } from '@pose-coach/core/stage';

/**
 * Milliseconds of media time after which score and combo are said again though they are the same: whoever shows or
 * judges readings forgets those that nobody repeats for ten seconds.
 */
const REPEAT_AFTER = 1000;

/** A scene with triggers, and how far they are. */
interface SceneRun {
  readonly run: TriggerRun;
  triggers: readonly Trigger[];
}

/** Counts the score and decides which triggers fire, of the scene that is the current one. */
export class StageRun {
  readonly #metric: (id: MetricId) => MetricDeclaration | undefined;
  readonly #score = new ScoreRun();
  /** By scene. Those that are not the current one go on for their cool-downs, and hear nothing. */
  readonly #scenes = new Map<string, SceneRun>();
  #current: Scene | undefined;
  /** What was said of the score last, as JSON, and when, in ms of media time. */
  #said = '';
  #saidAt = 0;

  /** @param metric what is declared of a metric */
  constructor(metric: (id: MetricId) => MetricDeclaration | undefined) {
    this.#metric = metric;
  }

  /** Takes over how the stage is now. Triggers that stay go on where they were. */
  setStage(stage: Stage): void {
    const current = stage.scenes.find(({ id }) => id === stage.current);
    if (current?.id !== this.#current?.id && this.#current) {
      this.#scenes.get(this.#current.id)?.run.reset();
    }
    this.#current = current;
    const there = new Set(stage.scenes.map(({ id }) => id));
    for (const id of [...this.#scenes.keys()]) if (!there.has(id)) this.#scenes.delete(id);
    if (!current) return;
    this.#score.setRule(current.scoring);
    const { id, triggers } = current;
    const scene = this.#scenes.get(id);
    if (!scene) this.#scenes.set(id, { run: new TriggerRun(triggers, this.#metric), triggers });
    else if (scene.triggers !== triggers) {
      scene.triggers = triggers;
      scene.run.setTriggers(triggers);
    }
  }

  /**
   * Counts what has been read.
   * @param now ms of media time
   * @returns score and combo, when there is something to say of them
   */
  score(readings: readonly Reading[], now: number): readonly Reading[] {
    const { score, combo } = this.#score.step(readings, now);
    const made = this.#score.readings(now);
    const text = JSON.stringify([score, combo, made.map(({ status, reason }) => [status, reason])]);
    if (text === this.#said && now >= this.#saidAt && now - this.#saidAt < REPEAT_AFTER) return [];
    this.#said = text;
    this.#saidAt = now;
    return made;
  }

  /**
   * Decides which triggers of the current scene fire.
   * @param readings what has been read, score and combo included
   * @param now ms of media time
   */
  triggers(readings: readonly Reading[], now: number): readonly Trigger[] {
    let fired: readonly Trigger[] = [];
    for (const [id, { run }] of this.#scenes) {
      if (id !== this.#current?.id) {
        run.step(now);
        continue;
      }
      run.note(readings, now);
      fired = run.step(now);
    }
    return fired;
  }

  /** The frames' epoch or the publisher has changed: nothing that held goes on, and the points stay. */
  reset(): void {
    this.#score.reset();
    this.#said = '';
    for (const { run } of this.#scenes.values()) run.reset();
  }

  /** Points and combo begin again. */
  restartScore(): void {
    this.#score.restart();
    this.#said = '';
  }
}
