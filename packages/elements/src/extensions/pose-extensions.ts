import type { JsonValue } from '@pose-coach/core';
import type { ExtensionStatus, Extensions, SettingDeclaration } from '@pose-coach/core/extensions';
import { html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { merge, Subject, type Subscription, throttleTime, timer } from 'rxjs';
import { textAttribute } from '../base/attribute-values.ts';
import { define } from '../base/define.ts';
import { TAGS } from '../base/names.ts';
import { type CommandRun, extensionCard } from './extension-card.ts';
import { ExtensionsLink } from './extensions-link.ts';
import { OWN_KEYS } from './key-combination.ts';
import { poseExtensionsStyles } from './pose-extensions.styles.ts';
import type { SettingView } from './setting-field.ts';
import { shortened } from './shortened.ts';
import { seeking } from './sought.ts';

/** How often what is shown changes at most, in ms: nobody reads it faster. */
const READABLE_PERIOD = 250;
/** How often costs are looked at, in ms: they change with every frame, which nobody announces. */
const COST_PERIOD = 1000;

/**
 * Every extension of a coach: whether it works and what it costs, what it may do, its commands and its settings,
 * and a switch that turns it on and off while everything else goes on.
 *
 * @element pose-extensions
 * @attr {string} for - the id of a `<pose-coach>` on the page whose extensions are shown
 * @csspart panel - the surface of each extension
 * @csspart button - every button
 * @cssproperty [--pose-surface=#0b1120] - background of each extension
 * @cssproperty [--pose-accent=#38bdf8] - switches, sliders, focus
 * @cssproperty [--pose-danger=#fca5a5] - what is wrong
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 */
export class PoseExtensionsElement extends LitElement {
  static override styles = poseExtensionsStyles;

  /** The extensions themselves: what `createExtensions` gives. They win over `for`. */
  @property({ attribute: false }) extensions: Extensions | undefined;
  @property({ converter: textAttribute }) for: string | undefined;

  readonly #changes = new Subject<void>();
  readonly #link = new ExtensionsLink(this, (extensions) => {
    this.#refused.clear();
    this.#runs.clear();
    this.#unforgotten.clear();
    return [
      extensions.onDidChange(() => this.#changes.next()),
      extensions.settings.onDidChange((ids) => {
        for (const id of ids) this.#refused.delete(id);
        this.#changes.next();
      }),
    ];
  });
  /** What was typed into settings and not taken, by setting. */
  readonly #refused = new Map<string, { readonly text: string; readonly message: string }>();
  readonly #runs = new Map<string, CommandRun>();
  /** Why answers could not be taken back, by extension. */
  readonly #unforgotten = new Map<string, string>();
  #painting: Subscription | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#painting = merge(this.#changes, timer(COST_PERIOD, COST_PERIOD))
      .pipe(throttleTime(READABLE_PERIOD, undefined, { leading: true, trailing: true }))
      .subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#painting?.unsubscribe();
    this.#painting = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('extensions') || changed.has('for')) this.#link.refresh();
  }

  override render() {
    const extensions = this.#link.current;
    const list = extensions?.list ?? [];
    if (!extensions || list.length === 0)
      return html`<p class="none glass">There are no extensions here.</p>`;
    return html`<div class="list" role="group" aria-label="Extensions">
      ${repeat(
        list,
        ({ id }) => id,
        (extension) => this.#card(extensions, extension),
      )}
    </div>`;
  }

  #card(extensions: Extensions, extension: ExtensionStatus) {
    return extensionCard({
      extension,
      settings: (extension.manifest?.contributes.configuration ?? []).flatMap(
        (setting) => this.#setting(extensions, setting) ?? [],
      ),
      keys: (command) => keysOf(extensions, command),
      run: (command) => this.#runs.get(command),
      execute: (command) => void this.#execute(extensions, extension.id, command),
      setEnabled: (enabled) => void this.#setEnabled(extensions, extension.id, enabled),
      forgetAnswers: () => void this.#forgetAnswers(extensions, extension.id),
      forgettingFailed: this.#unforgotten.get(extension.id),
    });
  }

  /** Nothing for a setting that is on no list any more: its extension is being taken away. */
  #setting(extensions: Extensions, setting: SettingDeclaration): SettingView | undefined {
    const { id } = setting;
    let value: JsonValue;
    try {
      value = extensions.settings.get(id);
    } catch {
      return undefined;
    }
    const apply = async (next: JsonValue | undefined): Promise<void> => {
      try {
        await extensions.settings.set(id, next);
        this.#refused.delete(id);
      } catch (error) {
        const text = typeof next === 'string' ? next : JSON.stringify(next);
        this.#refused.set(id, { text, message: messageOf(error) });
      }
      this.requestUpdate();
    };
    return {
      setting,
      value,
      refused: this.#refused.get(id),
      set: (next) => void apply(next),
      refuse: (text, message) => {
        this.#refused.set(id, { text, message });
        this.requestUpdate();
      },
      reset: () => void apply(undefined),
    };
  }

  async #execute(extensions: Extensions, id: string, command: string): Promise<void> {
    const tell = (run: CommandRun) => {
      this.#runs.set(command, run);
      this.requestUpdate();
    };
    tell({ status: 'running' });
    try {
      const result = await seeking(extensions, id, () => extensions.commands.execute(command));
      tell({ status: 'done', said: said(result) });
    } catch (error) {
      tell({ status: 'failed', message: shortened(messageOf(error)) });
    }
  }

  /** What goes wrong with it is in its status, which is shown. */
  async #setEnabled(extensions: Extensions, id: string, enabled: boolean): Promise<void> {
    this.#forgetRuns(extensions, id);
    try {
      await (enabled ? seeking(extensions, id, () => extensions.enable(id)) : extensions.disable(id));
    } finally {
      this.requestUpdate();
    }
  }

  /** What came of its commands is of the past. */
  #forgetRuns(extensions: Extensions, id: string): void {
    const { manifest } = extensions.list.find((extension) => extension.id === id) ?? {};
    for (const command of manifest?.contributes.commands ?? []) this.#runs.delete(command.id);
  }

  async #forgetAnswers(extensions: Extensions, id: string): Promise<void> {
    try {
      await seeking(extensions, id, () => extensions.permissions.forget(id));
      this.#unforgotten.delete(id);
    } catch (error) {
      this.#unforgotten.set(id, messageOf(error));
    } finally {
      this.requestUpdate();
    }
  }
}

/** What a command gave: words as they are; nothing, where it has nothing to say, is no word for anybody. */
function said(result: JsonValue | undefined): string {
  if (result === undefined || result === null) return 'done';
  return shortened(typeof result === 'string' ? result : JSON.stringify(result));
}

/** Keys that run a command, whoever binds them, where `<pose-coach>` leaves them to it. */
function keysOf(extensions: Extensions, command: string): readonly string[] {
  return extensions
    .contributions('keybindings')
    .flatMap(({ value }) => (value.command === command && !OWN_KEYS.includes(value.key) ? value.key : []));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

define(TAGS.extensions, PoseExtensionsElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-extensions': PoseExtensionsElement;
  }
}
