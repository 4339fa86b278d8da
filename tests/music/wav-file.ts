/** Bytes before the samples of a WAV file. */
const HEADER = 44;

/**
 * Samples in [−1, 1] as a WAV file of 16 bits, one channel or several of the same length (RIFF WAVE, PCM). For tests
 * that need a file whose sound is known.
 */
export function wavFile(channels: readonly Float32Array[], sampleRate: number): Blob {
  const length = channels[0]?.length ?? 0;
  const bytesPerFrame = 2 * channels.length;
  const view = new DataView(new ArrayBuffer(HEADER + length * bytesPerFrame));
  const text = (offset: number, letters: string) => {
    for (let index = 0; index < letters.length; index += 1) {
      view.setUint8(offset + index, letters.charCodeAt(index));
    }
  };
  text(0, 'RIFF');
  view.setUint32(4, view.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerFrame, true);
  view.setUint16(32, bytesPerFrame, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, length * bytesPerFrame, true);
  let offset = HEADER;
  for (let index = 0; index < length; index += 1) {
    for (const channel of channels) {
      view.setInt16(offset, Math.round(32_767 * Math.max(-1, Math.min(1, channel[index] ?? 0))), true);
      offset += 2;
    }
  }
  return new Blob([view.buffer], { type: 'audio/wav' });
}
