import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../base/define.ts';
import { EVENTS, PARTS, TAGS } from '../base/names.ts';
import { theme } from '../base/theme.ts';
import type { SourceRequest } from './source-request.ts';

/** A camera to choose from: what `listCameras()` gives. */
export interface CameraChoice {
  readonly deviceId: string;
  /** Empty until the browser has been allowed to use a camera. */
  readonly label: string;
}

/**
 * Lets somebody choose what to look at: a camera, a video file, or the sample recording. It keeps nothing: it shows
 * what it is given and asks for what is chosen.
 *
 * @element pose-source-picker
 * @fires {CustomEvent<SourceRequest>} pose-source-request - somebody asks for another source
 * @slot - more buttons, after its own
 * @csspart panel - the surface
 * @csspart button - each button
 */
export class PoseSourcePickerElement extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: inline-block;
        font-size: 14px;
      }
      .panel {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
        padding: 12px;
        align-items: end;
      }
      .camera {
        display: grid;
        gap: 4px;
        flex: 1 1 200px;
        min-width: 0;
      }
      .camera span {
        font-size: 12px;
        color: var(--_muted);
      }
      select {
        width: 100%;
      }
      .file-button {
        position: relative;
      }
      input[type='file'] {
        position: absolute;
        inset: 0;
        width: 100%;
        opacity: 0;
        cursor: pointer;
      }
    `,
  ];

  /** The cameras to offer; `listCameras()` of `@pose-coach/core/camera` gives them. */
  @property({ attribute: false }) cameras: readonly CameraChoice[] = [];
  /** What is being looked at now, for the marks: `'camera'`, `'sample'`, or anything else for a file or address. */
  @property() selected: string | undefined;
  /** The camera in use. */
  @property({ attribute: 'device' }) deviceId: string | undefined;

  override render() {
    const cameraIsOn = this.selected === 'camera';
    return html`<div class="panel glass" part=${PARTS.panel} role="group" aria-label="What to look at">
      <label class="camera">
        <span>Camera</span>
        <select @change=${this.#chooseCamera}>
          <option value="" disabled ?selected=${!cameraIsOn}>Choose a camera</option>
          <option value="default" ?selected=${cameraIsOn && !this.deviceId}>Default camera</option>
          ${this.cameras
            .filter((camera) => camera.deviceId !== '')
            .map(
              (camera, index) =>
                html`<option
                  value=${`id:${camera.deviceId}`}
                  ?selected=${cameraIsOn && this.deviceId === camera.deviceId}
                >
                  ${camera.label || `Camera ${index + 1}`}
                </option>`,
            )}
        </select>
      </label>
      <label class="file-button" part=${PARTS.button}>
        Video or recording…
        <input
          type="file"
          accept="video/*,.poses"
          aria-label="Choose a video file or a recording"
          @change=${this.#chooseFile}
        />
      </label>
      <button
        type="button"
        part=${PARTS.button}
        aria-pressed=${this.selected === 'sample' ? 'true' : 'false'}
        @click=${() => this.#request({ kind: 'sample' })}
      >
        Sample recording
      </button>
      <slot></slot>
    </div>`;
  }

  readonly #chooseCamera = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const deviceId = value.startsWith('id:') ? value.slice('id:'.length) : undefined;
    this.#request(deviceId === undefined ? { kind: 'camera' } : { kind: 'camera', deviceId });
  };

  readonly #chooseFile = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // Emptied, so that choosing the same file again is a choice again.
    input.value = '';
    if (file) this.#request({ kind: 'file', file });
  };

  #request(request: SourceRequest): void {
    this.dispatchEvent(
      new CustomEvent<SourceRequest>(EVENTS.sourceRequest, {
        detail: request,
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
  }
}

define(TAGS.sourcePicker, PoseSourcePickerElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-source-picker': PoseSourcePickerElement;
  }
}
