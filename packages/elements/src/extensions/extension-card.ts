import type {
  CommandDeclaration,
  ExtensionState,
  ExtensionStatus,
  LogEntry,
  ManifestFault,
} from '@pose-coach/core/extensions';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { PARTS } from '../base/names.ts';
import { keyWords } from './key-combination.ts';
import { isAskedFor, permissionWords } from './permission-words.ts';
import { type SettingView, settingField } from './setting-field.ts';
import { shortened } from './shortened.ts';
import { isFetched, sourceWords } from './source-words.ts';

/** How a command stands that was run from here; `said` is what it gave, short enough to be shown. */
export type CommandRun =
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly said: string }
  | { readonly status: 'failed'; readonly message: string };

/** One extension as it is shown, and what is called when somebody uses it. */
export interface CardView {
  readonly extension: ExtensionStatus;
  readonly settings: readonly SettingView[];
  /** The keys that run a command, as manifests name them. */
  keys(command: string): readonly string[];
  run(command: string): CommandRun | undefined;
  execute(command: string): void;
  setEnabled(enabled: boolean): void;
  /** Takes back what was answered about its permissions. */
  forgetAnswers(): void;
  /** Why that could not be done. */
  readonly forgettingFailed: string | undefined;
}

const STATES: Readonly<Record<ExtensionState, string>> = {
  registered: 'Waiting until it is needed',
  activating: 'Starting…',
  active: 'Running',
  failed: 'Failed',
  disabled: 'Off',
};

/** An extension: who it is, how it does, what it may, what can be set. */
export function extensionCard(view: CardView): TemplateResult {
  const { extension } = view;
  const faulty = extension.manifest === undefined;
  const bad = extension.state === 'failed' || givenUp(extension);
  return html`<article class="card glass ${bad ? 'bad' : extension.state}" part=${PARTS.panel} aria-label=${extension.title}>
    <header>
      <div class="name">
        <h3>${extension.title}</h3>
        <p class="by" ?hidden=${extension.title === extension.id && !extension.version}>${extension.id}${extension.version ? html` <span>${extension.version}</span>` : nothing}</p>
      </div>
      ${
        faulty
          ? nothing
          : html`<input
              type="checkbox"
              role="switch"
              class="switch"
              aria-label=${`${extension.title} on`}
              .checked=${live(extension.enabled)}
              @change=${(event: Event) => view.setEnabled((event.target as HTMLInputElement).checked)}
            />`
      }
    </header>
    <p class="signs">
      <span class="sign state">${stateWords(extension)}</span>
      <span class="sign">${extension.trust === 'trusted' ? 'Trusted: part of this page' : 'Isolated from this page'}</span>
    </p>
    ${origin(extension)}
    ${extension.description ? html`<p class="about">${extension.description}</p>` : nothing}
    ${faults('What is wrong with its manifest', extension.faults, 'fault')}
    ${failure(extension)}
    ${permissions(view)}
    ${commands(view)}
    ${
      view.settings.length > 0
        ? html`<section aria-label=${`Settings of ${extension.title}`}>
            <h4>Settings</h4>
            ${view.settings.map(settingField)}
          </section>`
        : nothing
    }
    ${faults('Warnings about its manifest', extension.warnings, 'warning')}
    ${diagnostics(extension)}
  </article>`;
}

function stateWords(extension: ExtensionStatus): string {
  if (extension.manifest === undefined) return 'Cannot be used';
  return givenUp(extension) ? 'Off after failures' : STATES[extension.state];
}

function givenUp({ state, lastError }: ExtensionStatus): boolean {
  return state === 'disabled' && lastError !== undefined;
}

/** What it costs and what it has said: out of the way as long as all is well. */
function diagnostics(extension: ExtensionStatus): TemplateResult | typeof nothing {
  const { manifest, cost, log: entries, lastError } = extension;
  if (!manifest && entries.length === 0) return nothing;
  const costs = cost ? `${milliseconds(cost.mean)} per frame` : 'Numbers';
  return html`<details ?open=${lastError !== undefined && manifest !== undefined}>
    <summary>${[manifest && costs, entries.length > 0 && `${manifest ? 'log' : 'Log'} (${entries.length})`].filter(Boolean).join(', ')}</summary>
    ${manifest ? numbers(extension) : nothing} ${log(entries)}
  </details>`;
}

function numbers({ activationTime, cost, restarts }: ExtensionStatus): TemplateResult {
  return html`<dl>
    ${row('Start', milliseconds(activationTime))}
    ${row('Per frame', milliseconds(cost?.mean))}
    ${row('Worst', milliseconds(cost?.worst))}
    ${row('Restarts', String(restarts))}
  </dl>`;
}

function row(name: string, value: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Why it does not work, unless every fault of its manifest is listed already. */
function failure({ lastError, faults: listed }: ExtensionStatus): TemplateResult | typeof nothing {
  if (!lastError || listed.length > 0) return nothing;
  return html`<p class="failure"><strong>${lastError.code}</strong> ${shortened(lastError.message)}</p>`;
}

/** The name is what it says of itself; this is what is known. */
function origin({ id, source }: ExtensionStatus): TemplateResult | typeof nothing {
  if (id === source) return nothing;
  return html`<p class="from">${isFetched(source) ? html`From ${sourceWords(source)}` : 'Brought by this page'}</p>`;
}

function permissions(view: CardView): TemplateResult | typeof nothing {
  const { manifest, granted, unanswered } = view.extension;
  if (!manifest || manifest.permissions.length === 0) return nothing;
  const answered = [...granted, ...unanswered];
  const refused = manifest.permissions.filter((permission) => !answered.includes(permission));
  return html`<ul class="permissions" aria-label="What it may do">
      ${granted.map((permission) => html`<li>May ${permissionWords(permission)}</li>`)}
      ${unanswered.map((permission) => html`<li class="open">Asks before it may ${permissionWords(permission)}</li>`)}
      ${refused.map((permission) => html`<li class="not">May not ${permissionWords(permission)}</li>`)}
    </ul>
    ${forgetButton(view)}
    ${view.forgettingFailed ? html`<p class="refused" role="alert">${view.forgettingFailed}</p>` : nothing}`;
}

function forgetButton({ extension, forgetAnswers }: CardView): TemplateResult | typeof nothing {
  const { title, manifest, granted, unanswered } = extension;
  const asked = (manifest?.permissions ?? []).filter(isAskedFor);
  if (asked.every((permission) => unanswered.includes(permission))) return nothing;
  const name = granted.some(isAskedFor) ? 'Take back' : 'Ask again';
  return html`<p class="answers">
    <button
      type="button"
      class="small"
      part=${PARTS.button}
      aria-label=${`${name} what ${title} may do`}
      @click=${forgetAnswers}
    >
      ${name}
    </button>
  </p>`;
}

function commands(view: CardView): TemplateResult | typeof nothing {
  const { manifest, enabled, title } = view.extension;
  // A button has no values to give.
  const declared = (manifest?.contributes.commands ?? []).filter(({ takesValues }) => !takesValues);
  if (declared.length === 0) return nothing;
  return html`<section aria-label=${`Commands of ${title}`}>
    <h4>Commands</h4>
    <div class="commands">${declared.map((command) => commandButton(command, enabled, view))}</div>
    <div role="status">${declared.map((command) => outcome(command, view.run(command.id)))}</div>
  </section>`;
}

function commandButton(command: CommandDeclaration, enabled: boolean, view: CardView): TemplateResult {
  const idle = enabled && view.run(command.id)?.status !== 'running';
  const keys = view.keys(command.id).map(keyWords);
  const key = keys.length > 0 ? `Key: ${keys.join(', ')}` : undefined;
  const about = [command.description, key].filter(Boolean).join(' ');
  // A button that is disabled loses the focus: whoever has pressed it would have to find it again.
  return html`<button
    type="button"
    part=${PARTS.button}
    title=${about || nothing}
    aria-disabled=${idle ? 'false' : 'true'}
    @click=${() => idle && view.execute(command.id)}
  >
    ${command.title}${keys.map((each) => html`<kbd aria-hidden="true">${each}</kbd>`)}
  </button>`;
}

function outcome(
  { title }: CommandDeclaration,
  run: CommandRun | undefined,
): TemplateResult | typeof nothing {
  if (run?.status === 'failed') return html`<p class="refused">${title}: ${run.message}</p>`;
  return run?.status === 'done' ? html`<p class="help">${title}: ${run.said}</p>` : nothing;
}

function faults(
  title: string,
  list: readonly ManifestFault[],
  kind: 'fault' | 'warning',
): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<section class=${kind}>
    <h4>${title}</h4>
    <ul>
      ${list.map(({ path, message }) => html`<li><code>${path || '/'}</code> ${without(path, message)}</li>`)}
    </ul>
  </section>`;
}

/** The message alone: it names the place itself, for those who read nothing else. */
function without(path: string, message: string): string {
  const lead = `${path}: `;
  return path !== '' && message.startsWith(lead) ? message.slice(lead.length) : message;
}

function log(entries: readonly LogEntry[]): TemplateResult | typeof nothing {
  if (entries.length === 0) return nothing;
  return html`<ol tabindex="0" aria-label="Log">
    ${entries.map(
      ({ time, level, message }) =>
        html`<li class=${level}><time>${timeOfDay(time)}</time> ${level === 'info' ? '' : html`<b>${level}</b> `}${shortened(message)}</li>`,
    )}
  </ol>`;
}

function timeOfDay(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

function milliseconds(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} ms`;
}
