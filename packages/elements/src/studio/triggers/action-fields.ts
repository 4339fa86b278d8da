import type { JsonValue } from '@pose-coach/core';
import { TRIGGER_SOUNDS, type TriggerAction } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { choiceField, numberField, textField } from '../shared/fields.ts';
import { itemToShow } from './trigger-templates.ts';
import type { TriggerView } from './trigger-view.ts';
import { SOUND_WORDS } from './trigger-words.ts';

const DO_WORDS: Readonly<Record<TriggerAction['do'], string>> = {
  sound: 'Play a sound',
  'show-item': 'Show an item for a while',
  'stage-scene': 'Show another scene of the overlay',
  'obs-scene': 'Switch the scene in OBS',
  'obs-record': 'Start or stop recording in OBS',
  'obs-chapter': 'Mark a chapter in the recording',
  command: 'Run a command of an extension',
  webhook: 'Post to an address (webhook)',
};

/** One action: what is done, and with what. */
export interface ActionFields {
  readonly action: TriggerAction;
  /** From 0 on, among those of the trigger. */
  readonly place: number;
  readonly view: TriggerView;
  change(action: TriggerAction): void;
  /** Absent when it is the only one. */
  readonly remove?: (() => void) | undefined;
}

export function actionFields({ action, place, view, change, remove }: ActionFields): TemplateResult {
  return html`<div class="part" role="group" aria-label=${`Action ${place + 1}`}>
    <div class="fields">
      ${choiceField({
        title: place === 0 ? 'Do' : 'and',
        value: action.do,
        choices: new Map(Object.entries(DO_WORDS)),
        choose: (kind) => {
          if (kind !== action.do) change(firstOf(kind as TriggerAction['do'], view));
        },
      })}
      ${objects(action, place, view, change)}
    </div>
    ${
      remove
        ? html`<button type="button" class="small" aria-label=${`Remove action ${place + 1}`} @click=${remove}>
            Remove
          </button>`
        : nothing
    }
    ${
      action.do === 'show-item' && view.scene.items.some(({ id, visible }) => id === action.item && visible)
        ? html`<p class="help">It is on the stage already: hide it first, so that showing it is seen.</p>`
        : nothing
    }
    ${action.do === 'webhook' ? originsHelp(view.origins) : nothing}
    ${
      action.do.startsWith('obs-') && view.obs.status !== 'connected'
        ? html`<p class="help">OBS is not connected now: until it is, this does nothing.</p>`
        : nothing
    }
  </div>`;
}

/** An action of a kind as it is when it has just been chosen. */
export function firstOf(kind: TriggerAction['do'], view: TriggerView): TriggerAction {
  switch (kind) {
    case 'sound':
      return { do: kind, sound: 'chime' };
    case 'show-item':
      return { do: kind, item: itemToShow(view.scene), seconds: 8 };
    case 'stage-scene':
      return { do: kind, scene: view.stage.scenes.find(({ id }) => id !== view.scene.id)?.id ?? '' };
    case 'obs-scene':
      return { do: kind, scene: view.obs.status === 'connected' ? view.obs.scene : '' };
    case 'obs-record':
      return { do: kind, to: 'start' };
    case 'obs-chapter':
      return { do: kind, title: 'Highlight' };
    case 'command':
      return { do: kind, command: view.commands[0]?.id ?? '' };
    case 'webhook':
      return { do: kind, url: view.origins?.[0] ? `${view.origins[0]}/` : '' };
  }
}

function objects(
  action: TriggerAction,
  place: number,
  view: TriggerView,
  change: (action: TriggerAction) => void,
): TemplateResult {
  const scenes = view.obs.status === 'connected' ? view.obs.scenes : [];
  switch (action.do) {
    case 'sound':
      return choiceField({
        title: 'Sound',
        value: action.sound,
        choices: new Map(TRIGGER_SOUNDS.map((sound) => [sound, SOUND_WORDS[sound]])),
        choose: (chosen) => {
          const sound = TRIGGER_SOUNDS.find((each) => each === chosen);
          if (sound) change({ ...action, sound });
        },
      });
    case 'show-item':
      return html`${choiceField({
        title: 'What',
        value: action.item,
        choices: new Map(
          view.scene.items.map(({ id, visible }) => [
            id,
            `${view.item(id) ?? id}${visible ? '' : ' (otherwise hidden)'}`,
          ]),
        ),
        choose: (item) => change({ ...action, item }),
      })}
      ${numberField({
        title: 'For',
        value: action.seconds,
        unit: 's',
        least: 0.1,
        most: 86_400,
        set: (seconds) => change({ ...action, seconds }),
      })}`;
    case 'stage-scene':
      return choiceField({
        title: 'Scene of the overlay',
        value: action.scene,
        choices: new Map(view.stage.scenes.map(({ id, name }) => [id, name])),
        choose: (scene) => change({ ...action, scene }),
      });
    case 'obs-scene':
      return textField({
        title: 'Scene in OBS',
        name: `obs-scene-${place}`,
        value: action.scene,
        choices: scenes,
        longest: 200,
        set: (scene) => change({ ...action, scene }),
      });
    case 'obs-record':
      return choiceField({
        title: 'Recording',
        value: action.to,
        choices: new Map([
          ['start', 'Start'],
          ['stop', 'Stop'],
        ]),
        choose: (to) => change({ ...action, to: to === 'stop' ? 'stop' : 'start' }),
      });
    case 'obs-chapter':
      return textField({
        title: 'Title of the chapter',
        name: `chapter-${place}`,
        value: action.title,
        longest: 200,
        set: (title) => change({ ...action, title }),
      });
    case 'command':
      return commandFields(action, place, view, change);
    case 'webhook':
      return textField({
        title: 'Address',
        name: `webhook-${place}`,
        value: action.url,
        choices: (view.origins ?? []).map((origin) => `${origin}/`),
        placeholder: 'https://…',
        longest: 2000,
        set: (url) => change({ ...action, url }),
      });
  }
}

function commandFields(
  action: Extract<TriggerAction, { readonly do: 'command' }>,
  place: number,
  { commands }: TriggerView,
  change: (action: TriggerAction) => void,
): TemplateResult {
  const command =
    commands.length > 0
      ? choiceField({
          title: 'Command',
          value: action.command,
          choices: new Map(commands.map(({ id, title }) => [id, `${title} – ${id}`])),
          choose: (chosen) => change({ ...action, command: chosen }),
        })
      : textField({
          title: 'Command',
          name: `command-${place}`,
          value: action.command,
          placeholder: 'dance.tapTempo',
          longest: 100,
          set: (typed) => change({ ...action, command: typed }),
        });
  return html`${command}
    <label class="field">
      <span>Values, as a JSON list</span>
      <input
        type="text"
        spellcheck="false"
        autocomplete="off"
        placeholder="none"
        .value=${action.values ? JSON.stringify(action.values) : ''}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const values = readList(input.value);
          input.setAttribute('aria-invalid', String(values === undefined));
          if (!values) return;
          const { values: _, ...rest } = action;
          change(values.length > 0 ? { ...rest, values } : rest);
        }}
      />
    </label>`;
}

/** A list as somebody typed it; nothing typed is an empty one; undefined when it is none. */
function readList(text: string): readonly JsonValue[] | undefined {
  if (text.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as JsonValue[]) : undefined;
  } catch {
    return undefined;
  }
}

function originsHelp(origins: readonly string[] | undefined): TemplateResult | typeof nothing {
  if (origins === undefined) return nothing;
  return origins.length === 0
    ? html`<p class="help">
        This server allows no webhooks. Whoever starts it allows an address’s origin with
        <code>--webhook https://example.org</code>.
      </p>`
    : html`<p class="help">
        Allowed: ${origins.join(', ')}. Others are allowed where the server is started, with <code>--webhook</code>.
      </p>`;
}
