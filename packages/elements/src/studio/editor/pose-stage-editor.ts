import type { Disposable, MetricDeclaration, PoseCoachError } from '@pose-coach/core';
import type { LiveSubscriber, StageController } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import { declaredMetrics } from '@pose-coach/core/protocol';
import { exportScene, type StageRectangle } from '@pose-coach/core/stage';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { distinctUntilChanged, EMPTY, map, Subscription, switchMap, timer } from 'rxjs';
import { textAttribute } from '../../base/attribute-values.ts';
import { define } from '../../base/define.ts';
import { TAGS } from '../../base/names.ts';
import { knownMetrics } from '../shared/known-metrics.ts';
import { keyAction } from './editor-keys.ts';
import { notices } from './editor-notices.ts';
import { EditorSession, type EditorState } from './editor-session.ts';
import type { EditorView } from './editor-view.ts';
import { emptyState } from './empty-state.ts';
import { inspector } from './inspector.ts';
import { ItemEditing } from './item-editing.ts';
import { layerList } from './layer-list.ts';
import type { CanvasActions, StageCanvasElement } from './pose-stage-canvas.ts';
import { poseStageEditorStyles } from './pose-stage-editor.styles.ts';
import './pose-stage-canvas.ts';
import type { RefusedEntries } from './part-settings.ts';
import { saveFile } from './save-file.ts';
import { type SceneListActions, sceneList } from './scene-list.ts';
import { topBar } from './top-bar.ts';
import { widgetMenu } from './widget-menu.ts';

/** Milliseconds for which it is told what was done: as long as it takes to read it, and to take it back. */
const TOLD_FOR = 8000;

/**
 * The editor of a channel's stage: its scenes, and in each of them skeleton and widgets, arranged by pointer, touch
 * or keyboard. Every change is on the overlays at once and kept by the server; undo goes back step by step.
 *
 * On an item: arrows move it by one pixel of the stage (with Shift by ten), with Ctrl they change its size, Delete
 * takes it out, Ctrl+D copies it, [ and ] change its layer. Ctrl+Z and Ctrl+Y undo and redo anywhere in the editor.
 * While an item is dragged, Alt turns snapping off, and Shift keeps the proportions.
 *
 * @element pose-stage-editor
 * @attr {string} sample - address of a recording that is shown while nobody is live
 * @csspart panel - the panels beside the canvas
 * @cssproperty [--pose-accent=#38bdf8] - what is selected, switches, focus
 * @cssproperty [--pose-surface=#0b1120] - the panels
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - what went wrong
 */
export class PoseStageEditorElement extends LitElement {
  static override styles = poseStageEditorStyles;

  /** The connection to the channel. Its maker disposes of it. */
  @property({ attribute: false }) controller: StageController | undefined;
  /** Widgets and themes that scenes can show. Its maker disposes of it. */
  @property({ attribute: false }) parts: OverlayParts | undefined;
  /** Whoever is live, to be seen in the canvas. Its maker disposes of it. */
  @property({ attribute: false }) subscriber: LiveSubscriber | undefined;
  @property({ converter: textAttribute }) sample: string | undefined;
  /** What is known to be read once somebody is live, so that it can be chosen before. */
  @property({ attribute: false }) metrics: readonly MetricDeclaration[] = [];

  @state() private shown: EditorState | undefined;
  /** What whoever is live says that it reads. */
  @state() private declared: readonly MetricDeclaration[] = [];
  @state() private live = false;
  @state() private margins = true;
  @state() private snap = true;
  @state() private zoom: number | undefined;
  @state() private renaming = false;
  /** What is told to screen readers alone. */
  @state() private spoken = '';
  @query('pose-stage-canvas') private canvas!: StageCanvasElement | null;

  readonly #refused: RefusedEntries = new Map();
  #session: EditorSession | undefined;
  #editing: ItemEditing | undefined;
  #subscriptions = new Subscription();
  #faults: Disposable | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#key);
    if (!this.hasUpdated) return;
    this.#connect();
    this.#followFaults();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#key);
    this.#faults?.dispose();
    this.#leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('controller')) this.#connect();
    if (changed.has('parts') && this.#session) {
      this.#editing = new ItemEditing(this.#session, () => this.parts);
    }
    if (changed.has('parts')) this.#followFaults();
  }

  /** What is wrong with widgets and themes is seen as empty boxes: here stands why. */
  #followFaults(): void {
    this.#faults?.dispose();
    const { parts } = this;
    const tell = ({ message }: PoseCoachError) => this.#session?.tell({ kind: 'fault', words: message });
    this.#faults = parts?.onFault(tell);
    const last = parts?.faults.at(-1);
    if (last) tell(last);
  }

  #connect(): void {
    this.#leave();
    const { controller } = this;
    if (!controller) return;
    const session = new EditorSession(controller);
    this.#session = session;
    this.#editing = new ItemEditing(session, () => this.parts);
    const { state } = controller;
    this.#subscriptions = new Subscription(() => session.dispose());
    this.#subscriptions.add(
      session.state.subscribe((shown) => {
        this.shown = shown;
      }),
    );
    const told = session.state.pipe(
      map(({ notice }) => notice),
      distinctUntilChanged(),
      switchMap((notice) => (notice?.kind === 'done' ? timer(TOLD_FOR) : EMPTY)),
    );
    this.#subscriptions.add(told.subscribe(() => session.tell(undefined)));
    this.#subscriptions.add(
      state.subscribe((entries) => {
        this.declared = declaredMetrics(entries);
      }),
    );
    this.#subscriptions.add(
      controller.source.subscribe(({ live }) => {
        this.live = live;
      }),
    );
  }

  #leave(): void {
    this.#subscriptions.unsubscribe();
    this.#session = undefined;
    this.#editing = undefined;
    this.shown = undefined;
  }

  protected override render() {
    const [state, session] = [this.shown, this.#session];
    if (!state || !session) return emptyState(undefined);
    const { stage, scene, selected } = state;
    if (!stage || !scene) return emptyState(state.connection);
    const { parts } = this;
    const metrics = knownMetrics(this.declared, this.metrics);
    const view: EditorView = { session, parts, metrics, stage, scene, selected };
    return html`<div class="editor ${scene.canvas.height > scene.canvas.width ? 'tall' : ''}">
      ${this.#bar(state)}
      <div class="left glass" part="panel">
        ${sceneList(view, {
          renaming: this.renaming,
          startRenaming: this.#startRenaming,
          rename: this.#rename,
          copyLink: () => void this.#copyLink(),
        })}
        ${layerList(view)}
        ${widgetMenu({
          parts,
          hasSkeleton: scene.items.some(({ kind }) => kind === 'skeleton'),
          add: (addition) => {
            this.#editing?.add(addition);
            // It can be moved by arrows at once, and the menu that had the keyboard is gone.
            this.#focusSelected();
          },
        })}
      </div>
      <div class="middle">
        <pose-stage-canvas
          .scene=${scene}
          .selected=${selected?.id}
          .parts=${parts}
          .subscriber=${this.subscriber}
          .sample=${this.sample}
          .metrics=${this.metrics}
          .actions=${this.#canvasActions}
          .margins=${this.margins}
          .snap=${this.snap}
          .zoom=${this.zoom}
        ></pose-stage-canvas>
        ${notices(state, session)}
        ${this.live || this.sample === undefined ? nothing : html`<p class="sample-note">Nobody is live: sample movement</p>`}
        <p class="small-screen">Widgets are easier to arrange on a larger screen.</p>
      </div>
      <div class="right glass" part="panel">
        ${inspector(view, {
          refused: this.#refused,
          refusalChanged: () => this.requestUpdate(),
          duplicate: () => this.#editing?.duplicate(),
          remove: () => this.#editing?.remove(),
        })}
      </div>
      <div class="only-read" role="status" aria-live="polite">${this.spoken}</div>
    </div>`;
  }

  #bar(state: EditorState) {
    return topBar({
      state,
      live: this.live,
      margins: this.margins,
      snap: this.snap,
      zoom: this.zoom,
      undo: () => this.#session?.undo(),
      redo: () => this.#session?.redo(),
      shape: (shape) => this.#editing?.shape(shape),
      setMargins: (on) => {
        this.margins = on;
      },
      setSnap: (on) => {
        this.snap = on;
      },
      setZoom: (zoom) => {
        this.zoom = zoom;
      },
      hideOverlays: (hidden) => this.#session?.hideOverlays(hidden),
      exportScene: () => {
        if (state.scene) saveFile(`${state.scene.name}.scene.json`, exportScene(state.scene));
      },
      importScene: (file) => void this.#import(file),
    });
  }

  readonly #canvasActions: CanvasActions = {
    select: (item) => this.#session?.select(item),
    place: (item: string, rectangle: StageRectangle, step: string) =>
      this.#editing?.place(item, rectangle, step),
  };

  readonly #startRenaming = (): void => {
    this.renaming = true;
    void this.updateComplete.then(() => {
      const field = this.shadowRoot?.querySelector<HTMLInputElement>('.rename');
      field?.focus();
      field?.select();
    });
  };

  readonly #rename: SceneListActions['rename'] = (name, by) => {
    if (!this.renaming) return;
    this.renaming = false;
    const wanted = name?.trim();
    if (wanted) this.#session?.edit((scene) => ({ ...scene, name: wanted }));
    if (by !== 'keyboard') return;
    void this.updateComplete.then(() =>
      this.shadowRoot?.querySelector<HTMLElement>('.scenes .row[aria-current=true]')?.focus(),
    );
  };

  async #copyLink(): Promise<void> {
    const session = this.#session;
    const link = await session?.linkToScene();
    if (!session || link === undefined) return;
    try {
      await navigator.clipboard.writeText(link);
      session.tell({ kind: 'done', words: 'The overlay’s address for this scene is copied.' });
    } catch {
      session.tell({
        kind: 'done',
        words: `The browser does not let this page copy. The address is ${link}`,
      });
    }
  }

  async #import(file: File): Promise<void> {
    let text: string;
    try {
      text = await file.text();
    } catch {
      const words = 'The browser cannot read this file: see whether it is still there, and choose it again.';
      this.#session?.tell({ kind: 'fault', words });
      return;
    }
    this.#session?.importScene(text);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    if (!(target instanceof Element) || isTypedInto(target)) return;
    const action = keyAction(event, target.matches('.item'));
    if (!action || !this.#session || !this.#editing) return;
    event.preventDefault();
    if (action.do === 'undo') this.#session.undo();
    else if (action.do === 'redo') this.#session.redo();
    else if (action.do === 'deselect') this.#session.select(undefined);
    else {
      this.spoken = this.#editing.perform(action) ?? '';
      // A copy, and what is left when one is taken out, has the keyboard then.
      this.#focusSelected();
    }
  };

  #focusSelected(): void {
    const selected = this.#session?.current.selected;
    if (selected) void this.updateComplete.then(() => this.#focus(selected.id));
  }

  async #focus(item: string): Promise<void> {
    await this.canvas?.updateComplete;
    this.canvas?.focusItem(item);
  }
}

/** Fields of text have an undo of their own; switches, lists and colours have none, and nothing else for other keys. */
function isTypedInto(field: Element): boolean {
  return field.matches(
    'textarea, input:not([type=checkbox], [type=radio], [type=color], [type=range], [type=file])',
  );
}

define(TAGS.stageEditor, PoseStageEditorElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-stage-editor': PoseStageEditorElement;
  }
}
