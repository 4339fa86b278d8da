import { PoseCoachError } from '../../base/index.ts';

/** Sound as numbers. */
export interface DecodedAudio {
  /** One channel, in [−1, 1]: the mean of all that there are. */
  readonly samples: Float32Array;
  /** Samples per second. */
  readonly sampleRate: number;
}

export interface AudioFileOptions {
  /** Aborting ends the download. What is being decoded is let go when it is done: browsers cannot interrupt that. */
  readonly signal?: AbortSignal;
  /** Samples per second of the result. Default 22050: beats need no more, and ten minutes are 53 MB. */
  readonly sampleRate?: number;
}

/** Samples per second: what music analysis usually works at (Ellis 2007 uses 8000, librosa 22050). */
const SAMPLE_RATE = 22_050;

/**
 * The sound of a music or video file as samples, for `findBeats`. Its time begins with the file: the time of the
 * frames of the same film.
 * @param file a file, its bytes, or the address at which the page may fetch it
 * @throws PoseCoachError `AUDIO_DECODE_FAILED` (not there, not sound, a format this browser does not know),
 *   `AUDIO_UNSUPPORTED` (no Web Audio: Node, a worker), `OPTION_INVALID` (a sample rate that browsers do not have),
 *   `ABORTED`
 */
export async function audioFile(
  file: Blob | ArrayBuffer | string | URL,
  { signal, sampleRate = SAMPLE_RATE }: AudioFileOptions = {},
): Promise<DecodedAudio> {
  if (typeof OfflineAudioContext === 'undefined') {
    throw new PoseCoachError(
      'AUDIO_UNSUPPORTED',
      'Files are decoded by browsers only. In Node decode the file first, to samples for findBeats.',
    );
  }
  throwIfAborted(signal);
  const decoder = decoderFor(sampleRate);
  const bytes = await bytesOf(file, signal);
  throwIfAborted(signal);
  const decoded = await decoder.decodeAudioData(bytes).catch((cause: unknown) => {
    throw new PoseCoachError(
      'AUDIO_DECODE_FAILED',
      'There is no sound in this file that the browser can decode. Convert it to MP3, AAC or WAV.',
      { cause },
    );
  });
  throwIfAborted(signal);
  return { samples: mixed(decoded), sampleRate };
}

function decoderFor(sampleRate: number): BaseAudioContext {
  try {
    // One sample long: it is needed for its decoder, and renders nothing.
    return new OfflineAudioContext(1, 1, sampleRate);
  } catch (cause) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      `Browsers have no sound at ${sampleRate} samples per second. Leave "sampleRate" out, or set it between 8000 and 96000.`,
      { cause },
    );
  }
}

/** The bytes, in a buffer that decoding may take away. */
async function bytesOf(
  file: Blob | ArrayBuffer | string | URL,
  signal: AbortSignal | undefined,
): Promise<ArrayBuffer> {
  if (file instanceof ArrayBuffer) return file.slice(0);
  try {
    if (file instanceof Blob) return await file.arrayBuffer();
    const response = await fetch(file, signal ? { signal } : {});
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return await response.arrayBuffer();
  } catch (cause) {
    throwIfAborted(signal);
    throw new PoseCoachError(
      'AUDIO_DECODE_FAILED',
      `The music could not be read${file instanceof Blob ? '' : ` from ${String(file)}`}. Check that it is there and that this page may read it.`,
      { cause },
    );
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new PoseCoachError('ABORTED', 'Reading the music was given up.', { cause: signal.reason });
  }
}

function mixed(buffer: AudioBuffer): Float32Array {
  if (buffer.numberOfChannels === 1) return buffer.getChannelData(0);
  const samples = new Float32Array(buffer.length);
  const share = 1 / buffer.numberOfChannels;
  for (let channel = 0; channel < buffer.numberOfChannels; channel += 1) {
    const data = buffer.getChannelData(channel);
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] = (samples[index] ?? 0) + (data[index] ?? 0) * share;
    }
  }
  return samples;
}
