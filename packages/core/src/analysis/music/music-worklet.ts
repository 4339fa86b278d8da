/** The module that runs in the audio thread: see `AudioThread`. Bundled whole; started from a blob or as a file. */
import { AudioThread } from './audio-thread.ts';
import { MUSIC_PROCESSOR, type WorkletOrder } from './worklet-messages.ts';

/** What `AudioWorkletGlobalScope` has (Web Audio API, section 1.32.2); the typings do not know it. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { readonly processorOptions: WorkletOrder }) => AudioWorkletProcessor,
): void;
declare const sampleRate: number;
declare const currentFrame: number;

/** Samples in a block where there is no input to tell: the render quantum. */
const QUANTUM = 128;

class MusicProcessor extends AudioWorkletProcessor {
  readonly #thread: AudioThread;
  #running = true;

  constructor({ processorOptions }: { readonly processorOptions: WorkletOrder }) {
    super();
    this.#thread = new AudioThread(sampleRate, processorOptions);
    this.port.onmessage = () => {
      this.#running = false;
    };
  }

  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    for (const report of this.#thread.step(channels, channels[0]?.length ?? QUANTUM, currentFrame)) {
      this.port.postMessage(report);
    }
    return this.#running;
  }
}

registerProcessor(MUSIC_PROCESSOR, MusicProcessor);
