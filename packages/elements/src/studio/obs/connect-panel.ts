import type { ObsStatus } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { askButton, askFault } from '../shared/ask-button.ts';
import type { Asking } from '../shared/asking.ts';

/** OBS that is not connected, and what can be done about it. */
export interface ConnectPanel {
  readonly status: Exclude<ObsStatus, { readonly status: 'connected' }>;
  readonly asking: Asking;
  /** Whether the server is to connect again when it is started the next time. */
  readonly remember: boolean;
  /** What was found out about the OBS of the server's computer, when it could not be connected to. */
  readonly found: string | undefined;
  setRemember(on: boolean): void;
  connectHere(): void;
  /** @returns once it is asked; the form has forgotten the password by then */
  connectTo(address: string, password: string): void;
  stop(): void;
}

/** Questions that the panel asks, as `Asking` has them. */
export const CONNECT = 'connect';
export const DISCONNECT = 'disconnect';

export function connectPanel(panel: ConnectPanel): TemplateResult {
  const { status, asking } = panel;
  return html`<section class="card glass connect" aria-labelledby="connect-title">
    <h3 id="connect-title">${titleOf(status)}</h3>
    <div role="status">${wordsOf(status)}</div>
    ${
      status.status === 'connecting' || status.status === 'waiting'
        ? html`<div class="row">
            ${askButton(asking, { about: DISCONNECT, words: 'Stop trying', run: panel.stop })}
          </div>`
        : html`${here(panel)} ${elsewhere(panel)}`
    }
    ${askFault(asking, CONNECT, DISCONNECT)}
  </section>`;
}

function titleOf({ status }: ConnectPanel['status']): string {
  switch (status) {
    case 'off':
      return 'Connect OBS';
    case 'connecting':
      return 'Connecting to OBS …';
    case 'waiting':
      return 'Waiting for OBS';
    case 'refused':
      return 'OBS does not let Pose Coach in';
  }
}

function wordsOf(status: ConnectPanel['status']): TemplateResult {
  switch (status.status) {
    case 'off':
      return html`<p>
        Then one press puts the overlay into your scene, and scenes, recording and triggers are under control from here.
      </p>`;
    case 'connecting':
      return html`<p>At ${status.address}.</p>`;
    case 'waiting':
      return html`<p>${status.message}</p>
        <p class="help">It is tried again by itself: there is nothing to press here.</p>`;
    case 'refused':
      return html`<p class="fault">${status.message}</p>`;
  }
}

function here(panel: ConnectPanel): TemplateResult {
  return html`<div class="row">
      ${askButton(panel.asking, {
        about: CONNECT,
        words: 'Connect to OBS on this computer',
        kind: 'big primary',
        run: panel.connectHere,
      })}
    </div>
    <p class="help">
      Reads port and password of OBS’s WebSocket server from OBS’s own settings, on the computer that the overlay
      server runs on. They stay with the server: this page never gets them.
    </p>
    ${panel.found === undefined ? nothing : html`<p class="fault" role="alert">${panel.found}</p>`}
    <label class="check">
      <input
        type="checkbox"
        .checked=${live(panel.remember)}
        @change=${(event: Event) => panel.setRemember((event.target as HTMLInputElement).checked)}
      />
      Connect again when the server is started the next time
    </label>`;
}

function elsewhere(panel: ConnectPanel): TemplateResult {
  return html`<details ?open=${panel.status.status === 'refused'}>
    <summary>OBS is on another computer, or you would rather type its password</summary>
    <form
      autocomplete="off"
      @submit=${(event: Event) => {
        event.preventDefault();
        const form = event.target as HTMLFormElement;
        const [address, password] = [field(form, 'address'), field(form, 'password')];
        panel.connectTo(address.value.trim(), password.value);
        password.value = '';
      }}
    >
      <p class="help">
        In OBS: Tools → WebSocket Server Settings, tick “Enable WebSocket server”, then press Show Connect Info.
        ${panel.remember ? 'The server keeps the password in its data folder, because it is to connect again by itself.' : 'The server keeps the password until it is stopped.'}
      </p>
      <div class="fields">
        <label class="field">
          <span>Address</span>
          <input
            name="address"
            type="text"
            required
            spellcheck="false"
            autocomplete="off"
            placeholder="192.168.1.20:4455"
            value=${panel.status.status === 'refused' ? panel.status.address : 'ws://127.0.0.1:4455'}
          />
        </label>
        <label class="field">
          <span>Password</span>
          <input name="password" type="password" autocomplete="off" />
        </label>
        <button type="submit" aria-busy=${panel.asking.isPending(CONNECT) ? 'true' : 'false'}>Connect</button>
      </div>
    </form>
  </details>`;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement) return found;
  throw new Error(`The form has no field ${name}.`);
}
