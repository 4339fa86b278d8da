import { type Cue, type CueSeverity, type Disposable, systemClock } from '@pose-coach/core';
import type { ExtensionManifest } from '@pose-coach/core/extensions';
import { adoptStyles, html, nothing, render, type TemplateResult } from 'lit';
import { PARTS } from '../base/names.ts';
import type { PoseCoachElement } from '../coach/pose-coach.ts';
import { coachLayerStyles, RING_COLORS } from './coach-layer.styles.ts';
import { JointRings } from './joint-rings.ts';
import type { PermissionQuestion } from './permission-question.ts';
import { permissionWords } from './permission-words.ts';
import { isFetched, sourceWords } from './source-words.ts';

/** How long a cue stays, in ms: long enough to read a short sentence twice while moving. */
const CUE_SHOWN = 4000;

/** How long the words of a command stay, in ms: whoever ran it looks for them. */
const RESULT_SHOWN = 3000;

/** The more it matters the higher. */
const WEIGHT: Readonly<Record<CueSeverity, number>> = { praise: 0, hint: 1, warning: 2 };

interface OpenQuestion {
  readonly question: PermissionQuestion;
  withdraw(): void;
}

/**
 * What extensions show on top of a `<pose-coach>`: a line with what they say or what came of a key, rings around the
 * joints it is about, and the question for a permission. It has a shadow of its own in the element's stage, so that
 * the element itself needs to know nothing of it.
 */
export class CoachLayer implements Disposable {
  readonly #element: PoseCoachElement;
  readonly #place = document.createElement('div');
  readonly #root = this.#place.attachShadow({ mode: 'open' });
  /** What is said. */
  #line: TemplateResult | undefined;
  #hideLine: (() => void) | undefined;
  #rings: JointRings | undefined;
  #questions: readonly OpenQuestion[] = [];
  /** The one that is to be seen. */
  #shown: OpenQuestion | undefined;
  /** What had the focus before it went to a question. */
  #before: HTMLElement | undefined;

  constructor(element: PoseCoachElement) {
    this.#element = element;
    this.#place.className = 'extension-layer';
    this.#place.setAttribute('exportparts', [PARTS.cue, PARTS.panel, PARTS.button].join());
    adoptStyles(this.#root, coachLayerStyles);
    this.#render();
    this.#stage?.append(this.#place);
  }

  /** Shows the weightiest of these for a few seconds, in place of the one before. */
  say(cues: readonly Cue[]): void {
    const cue = cues.reduce((one, other) => (WEIGHT[other.severity] > WEIGHT[one.severity] ? other : one));
    this.#show(cueLine(cue), CUE_SHOWN);
    const skeleton = this.#element.renderRoot.querySelector('pose-skeleton');
    const canvas = this.#root.querySelector('canvas');
    if (skeleton && canvas) this.#rings = new JointRings(canvas, skeleton, cue, RING_COLORS[cue.severity]);
  }

  /** Shows the words of a command for a few seconds, in the same place. */
  tell(result: string): void {
    this.#show(html`<p class="cue glass" part=${PARTS.cue}>${result}</p>`, RESULT_SHOWN);
  }

  /**
   * @param withdraw called when the question is dropped without an answer
   * @param sought whether somebody waits for it, wherever on the page they are
   */
  ask(question: PermissionQuestion, withdraw: () => void, sought: boolean): void {
    this.#questions = [...this.#questions, { question, withdraw }];
    this.#renderQuestions(sought);
  }

  /** Brings a question into view that is there already: somebody waits for what its extension does. */
  seek(extension: string): void {
    if (this.#shown?.question.request.manifest.id === extension) this.#attend(activeElement());
  }

  /** Takes a question away that has been answered. */
  removeQuestion(question: PermissionQuestion): void {
    if (!this.#questions.some((open) => open.question === question)) return;
    this.#questions = this.#questions.filter((open) => open.question !== question);
    this.#renderQuestions();
  }

  /** Takes away the questions of extensions that do not wait for an answer any more. */
  dropQuestions(waits: (extension: string) => boolean): void {
    const dropped = this.#questions.filter(({ question }) => !waits(question.request.manifest.id));
    if (dropped.length === 0) return;
    this.#questions = this.#questions.filter((open) => !dropped.includes(open));
    this.#renderQuestions();
    for (const open of dropped) open.withdraw();
  }

  dispose(): void {
    this.#clearLine();
    this.dropQuestions(() => false);
    this.#place.remove();
  }

  get #stage(): HTMLElement | null {
    return this.#element.renderRoot.querySelector('.stage');
  }

  #show(line: TemplateResult, period: number): void {
    this.#clearLine();
    this.#line = line;
    this.#hideLine = systemClock.delay(period, () => {
      this.#clearLine();
      this.#render();
    });
    this.#render();
  }

  #clearLine(): void {
    this.#hideLine?.();
    this.#hideLine = undefined;
    this.#rings?.dispose();
    this.#rings = undefined;
    this.#line = undefined;
  }

  /**
   * The focus goes to a question from within the element, and from where somebody has asked for what it is about;
   * nobody is torn from what they do elsewhere. After the answer it goes back.
   */
  #renderQuestions(sought = false): void {
    const focused = this.#element.matches(':focus-within');
    const before = activeElement();
    const shown = this.#questions[0];
    const isAnother = shown !== this.#shown;
    this.#shown = shown;
    this.#render();
    if (!isAnother || !(focused || sought)) return;
    if (shown) this.#attend(before);
    else {
      this.#before?.focus();
      // What had it may be gone.
      if (!this.#before?.matches(':focus')) this.#stage?.focus();
      this.#before = undefined;
    }
  }

  #attend(before: HTMLElement | undefined): void {
    const question = this.#root.querySelector<HTMLElement>('.question');
    this.#before ??= before;
    question?.scrollIntoView({ block: 'center' });
    question?.focus({ preventScroll: true });
  }

  #render(): void {
    const [open] = this.#questions;
    render(
      html`<canvas aria-hidden="true"></canvas>
        <div class="said" role="status">${this.#line ?? nothing}</div>
        <div class="only-read" role="status">${open ? announced(open.question) : nothing}</div>
        ${open ? this.#question(open.question) : nothing}`,
      this.#root,
    );
    this.#place.classList.toggle('bare', this.#element.controls === false);
    this.#place.classList.toggle('asking', open !== undefined);
  }

  #question(question: PermissionQuestion): TemplateResult {
    const { manifest, permissions, trust, source } = question.request;
    const refuse = () => question.answer([]);
    return html`<div
      class="question glass"
      part=${PARTS.panel}
      role="dialog"
      tabindex="-1"
      aria-labelledby="who"
      aria-describedby="what"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        refuse();
      }}
    >
      <h2 id="who">${heading(manifest)}</h2>
      <div id="what">
        <ul>
          ${permissions.map((permission) => html`<li>${permissionWords(permission)}</li>`)}
        </ul>
        <p>
          ${isFetched(source) ? html`It comes from ${sourceWords(source)}.` : nothing}
          ${trust === 'isolated' ? `It runs apart from this page${besides(manifest)}.` : 'It is part of this page.'}
          (${manifest.id} ${manifest.version})
        </p>
      </div>
      <div class="actions">
        <button type="button" part=${PARTS.button} @click=${refuse}>Refuse</button>
        <button
          type="button"
          class="primary"
          part=${PARTS.button}
          @click=${() => question.answer(permissions)}
        >
          Allow
        </button>
      </div>
    </div>`;
  }
}

/** What has the focus, in whichever shadow. */
function activeElement(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}

/** What it may do without a question. */
function besides({ permissions }: ExtensionManifest): string {
  const free = permissions.filter((permission) => permission === 'poses' || permission === 'hands');
  return free.length > 0 ? `, where it may ${free.map(permissionWords).join(' and ')}` : '';
}

function heading({ title }: ExtensionManifest): string {
  return `“${title}” would like to`;
}

function announced({ request }: PermissionQuestion): string {
  return `The extension ${request.manifest.title} asks for a permission.`;
}

function cueLine({ severity, message }: Cue): TemplateResult {
  return html`<p class="cue glass ${severity}" part=${PARTS.cue}>
    <span class="mark" aria-hidden="true"></span>${severity === 'warning' ? html`<span class="only-read">Careful: </span>` : nothing}${message}
  </p>`;
}
