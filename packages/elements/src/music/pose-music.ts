import { type PoseCoachError, toPoseCoachError } from '@pose-coach/core';
import {
  type AudioSource,
  listMicrophones,
  type MicrophoneDevice,
  type MusicState,
  mediaElementAudio,
  microphone,
  musicBeats,
  onFramesClock,
  soundOnsets,
  tabAudio,
} from '@pose-coach/core/music';
import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Subscription, tap } from 'rxjs';
import { textAttribute } from '../base/attribute-values.ts';
import { define } from '../base/define.ts';
import { EVENTS, TAGS } from '../base/names.ts';
import { type Clapping, clapping } from './clapping.ts';
import { coachFrames, coachOf } from './coach-frames.ts';
import { isUnmeasured, settingChanges } from './delay-setting.ts';
import { settingOfDelay } from './measured-delay.ts';
import { type MusicView, musicPanel } from './music-panel.ts';
import { calibrationWords, type MusicChoice, musicWords } from './music-words.ts';
import { poseMusicStyles } from './pose-music.styles.ts';

/**
 * Where the music comes from: a microphone, another tab, a file, or the video that the coach looks at. It shows its
 * tempo and its beat, and gives the beats to the extensions of a `<pose-coach>`. Nothing is opened, asked or heard
 * before somebody chooses, and all is let go with “Off” and when the element leaves the page. No sound leaves the page.
 *
 * @element pose-music
 * @attr {string} for - the id of a `<pose-coach>` on the page whose extensions get the beats
 * @attr {string} delay-setting - id of an extension's setting that takes by how many ms sound is later than the picture, and is 0 until that has been measured: offers to measure it by clapping
 * @attr {string} worklet-url - address of `music-worklet.js`, of the page's own origin, where a content security policy forbids scripts from blobs
 * @csspart panel - the surface
 * @csspart button - each button
 * @cssproperty [--pose-surface=#0b1120] - background
 * @cssproperty [--pose-accent=#38bdf8] - the beat and the level
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - what went wrong
 */
export class PoseMusicElement extends LitElement {
  static override styles = poseMusicStyles;

  @property({ converter: textAttribute }) for: string | undefined;
  @property({ attribute: 'delay-setting', converter: textAttribute }) delaySetting: string | undefined;
  @property({ attribute: 'worklet-url', converter: textAttribute }) workletUrl: string | undefined;

  @state() private choice: MusicChoice = 'off';
  @state() private heard: MusicState | undefined;
  @state() private beats = 0;
  @state() private words = '';
  @state() private error: PoseCoachError | undefined;
  @state() private microphones: readonly MicrophoneDevice[] = [];
  @state() private deviceId: string | undefined;
  @state() private song: File | undefined;
  @state() private clapping: Clapping | undefined;
  @state() private calibrated = '';

  #listening = new Subscription();
  #calibrating = new Subscription();
  #watching = new Subscription();
  /** Reports of what is heard since the last beat. */
  #without = 0;
  #root: Node | undefined;
  #songUrl: string | undefined;
  /** A video that is heard because of us. */
  #unmuted: HTMLVideoElement | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#root = this.getRootNode();
    // Whether there is a video to listen to.
    this.#root.addEventListener(EVENTS.state, this.#look);
    this.#watching = settingChanges(this.#root, () => this.#extensions).subscribe(this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#root?.removeEventListener(EVENTS.state, this.#look);
    this.#watching.unsubscribe();
    this.#off();
    this.clapping = undefined;
    this.calibrated = '';
  }

  override render() {
    return musicPanel(this.#view);
  }

  get #view(): MusicView {
    const { choice, heard, beats, words, error, microphones, deviceId, song, clapping, calibrated } = this;
    return {
      ...{ choice, heard, beats, words, error, microphones, deviceId, clapping, calibrated },
      song: song && this.#songUrl ? { name: song.name, url: this.#songUrl } : undefined,
      canShareTab: typeof globalThis.navigator?.mediaDevices?.getDisplayMedia === 'function',
      canHearVideo: this.#video !== undefined,
      canCalibrate: this.delaySetting !== undefined,
      isUnmeasured: isUnmeasured(this.#extensions, this.delaySetting),
      ...this.#actions,
    };
  }

  readonly #actions = {
    off: (): void => this.#off(),
    hear: (choice: 'microphone' | 'tab' | 'video'): void => this.#hear(choice),
    chooseMicrophone: (deviceId: string): void => {
      this.deviceId = deviceId || undefined;
      this.#hear('microphone');
    },
    chooseFile: (file: File): void => {
      this.#off();
      this.choice = 'file';
      this.#songUrl = URL.createObjectURL(file);
      this.song = file;
      // Its player is there once it has been rendered.
      void this.updateComplete.then(() => this.#play());
    },
    songFailed: (): void => this.#fail(undefined),
    calibrate: (): void => this.#calibrate(),
  };

  readonly #look = (): void => this.requestUpdate();

  get #extensions() {
    return coachOf(this, this.for)?.coachExtensions;
  }

  /** The video that the coach looks at, if it looks at one. */
  get #video(): HTMLVideoElement | undefined {
    const video = coachOf(this, this.for)?.shadowRoot?.querySelector('video');
    return video?.hasAttribute('src') ? video : undefined;
  }

  #hear(choice: 'microphone' | 'tab' | 'video'): void {
    this.#off();
    if (choice === 'microphone') {
      this.#listen(choice, microphone(this.deviceId === undefined ? {} : { deviceId: this.deviceId }));
    } else if (choice === 'tab') this.#listen(choice, tabAudio());
    else {
      const video = this.#video;
      if (!video) return;
      this.#unmuted = video;
      video.muted = false;
      this.#listen(choice, mediaElementAudio(video));
    }
  }

  #play(): void {
    const audio = this.renderRoot.querySelector('audio');
    if (!audio) return;
    this.#listen('file', mediaElementAudio(audio));
    // What cannot be played says so by its own event; where the browser wants another touch, the words say “Press play”.
    audio.play().catch(() => {});
  }

  #listen(choice: MusicChoice, source: AudioSource): void {
    this.#listening.unsubscribe();
    this.choice = choice;
    const beats = musicBeats(source, { ...this.#worklet, onState: (heard) => this.#tell(heard) }).pipe(
      tap(() => {
        this.beats += 1;
      }),
    );
    this.#listening = onFramesClock(beats, this.#frames).subscribe({
      next: (beat) => this.#extensions?.pushBeats([beat]),
      error: (error: unknown) => this.#fail(error),
      complete: () => {
        this.#off();
        this.words = 'The sound has ended.';
      },
    });
  }

  get #frames() {
    return coachFrames(this.getRootNode(), () => coachOf(this, this.for));
  }

  get #worklet(): { readonly workletUrl?: string } {
    return this.workletUrl === undefined
      ? {}
      : { workletUrl: new URL(this.workletUrl, document.baseURI).href };
  }

  #tell(heard: MusicState): void {
    if (this.choice === 'microphone' && this.heard?.kind === 'opening' && heard.kind !== 'opening') {
      this.#listMicrophones();
    }
    this.heard = heard;
    this.#without = heard.kind === 'beat' ? 0 : this.#without + 1;
    this.words = musicWords(this.choice, heard, this.#without);
  }

  /** Their names are told once one has been opened. */
  #listMicrophones(): void {
    listMicrophones()
      .then((microphones) => {
        this.microphones = microphones;
      })
      .catch((error: unknown) => console.warn('The microphones cannot be listed:', error));
  }

  #fail(thrown: unknown): void {
    const { choice } = this;
    this.#off();
    const file = 'This file cannot be played. Choose one in MP3, AAC, Ogg or WAV.';
    const other = 'The music cannot be heard. Choose where it comes from again.';
    this.error =
      choice === 'file' && thrown === undefined
        ? toPoseCoachError(thrown, 'AUDIO_DECODE_FAILED', file)
        : toPoseCoachError(thrown, 'AUDIO_UNSUPPORTED', other);
  }

  #off(): void {
    this.#listening.unsubscribe();
    this.#calibrating.unsubscribe();
    if (this.clapping?.kind === 'clapping') this.clapping = undefined;
    this.renderRoot?.querySelector?.('audio')?.pause();
    if (this.#songUrl) URL.revokeObjectURL(this.#songUrl);
    if (this.#unmuted) this.#unmuted.muted = true;
    this.#unmuted = undefined;
    this.#songUrl = undefined;
    this.song = undefined;
    this.choice = 'off';
    this.heard = undefined;
    this.words = '';
    this.error = undefined;
    this.#without = 0;
  }

  /** Begins to watch and listen to claps; or ends it. */
  #calibrate(): void {
    this.#calibrating.unsubscribe();
    this.calibrated = '';
    this.error = undefined;
    if (this.clapping?.kind === 'clapping') {
      this.clapping = undefined;
      return;
    }
    this.renderRoot.querySelector('audio')?.pause();
    const source = microphone(this.deviceId === undefined ? {} : { deviceId: this.deviceId });
    const frames = this.#frames;
    const sounds = onFramesClock(soundOnsets(source, this.#worklet), frames);
    this.#calibrating = clapping(frames, sounds).subscribe({
      next: (next) => {
        this.clapping = next;
        if (next.kind === 'done') void this.#store(next);
      },
      error: (thrown: unknown) => {
        this.clapping = undefined;
        this.error = toPoseCoachError(thrown, 'MICROPHONE_FAILED', 'The claps cannot be heard. Try again.');
      },
    });
  }

  async #store({ calibration }: Extract<Clapping, { kind: 'done' }>): Promise<void> {
    const { delaySetting } = this;
    const settings = this.#extensions?.settings;
    try {
      if (calibration.status === 'ok' && delaySetting) {
        if (!settings) throw new Error('There are no extensions.');
        await settings.set(delaySetting, settingOfDelay(calibration.delay));
      }
      const stored = calibration.status === 'ok' ? ' It is stored.' : '';
      this.calibrated = calibrationWords(calibration) + stored;
    } catch (thrown) {
      const words = `It was measured, but no extension that is switched on takes the setting ${delaySetting}.`;
      this.error = toPoseCoachError(thrown, 'SETTING_INVALID', words);
    }
  }
}

define(TAGS.music, PoseMusicElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-music': PoseMusicElement;
  }
}
