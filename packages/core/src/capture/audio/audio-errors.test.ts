import { describe, expect, it } from 'vitest';
import { PoseCoachError } from '../../base/index.ts';
import { toMicrophoneError, toShareError } from './audio-errors.ts';
import { audioFile } from './audio-file.ts';
import { microphone } from './microphone.ts';
import { tabAudio } from './tab-audio.ts';

describe('what goes wrong with sound', () => {
  it.each([
    ['NotAllowedError', 'MICROPHONE_DENIED', 'Allow it'],
    ['SecurityError', 'MICROPHONE_DENIED', 'Allow it'],
    ['NotFoundError', 'MICROPHONE_NOT_FOUND', 'Connect it'],
    ['OverconstrainedError', 'MICROPHONE_NOT_FOUND', 'choose another one'],
    ['NotReadableError', 'MICROPHONE_FAILED', 'Close other programs'],
    ['AbortError', 'MICROPHONE_FAILED', 'plug it in again'],
  ])('says of a microphone’s %s what to do', (name, code, words) => {
    const thrown = new DOMException('', name);
    const error = toMicrophoneError(thrown);
    expect(error).toMatchObject({ code, cause: thrown });
    expect(error.message).toContain(words);
  });

  it.each([
    ['NotAllowedError', 'AUDIO_SHARE_CANCELLED'],
    ['InvalidStateError', 'AUDIO_SHARE_CANCELLED'],
    ['NotSupportedError', 'AUDIO_UNSUPPORTED'],
  ])('says of a tab’s %s what to do', (name, code) => {
    expect(toShareError(new DOMException('', name))).toMatchObject({ code });
  });

  it('leaves errors of ours as they are', () => {
    const error = new PoseCoachError('INSECURE_CONTEXT', 'Open it at https.');
    expect(toMicrophoneError(error)).toBe(error);
    expect(toShareError(error)).toBe(error);
  });

  it('is told in Node, too, and by subscribing only', async () => {
    for (const source of [microphone(), tabAudio()]) {
      const failed = new Promise((_, reject) => {
        source.subscribe({ error: reject });
      });
      await expect(failed).rejects.toMatchObject({ code: 'AUDIO_UNSUPPORTED' });
    }
    await expect(audioFile(new ArrayBuffer(8))).rejects.toMatchObject({ code: 'AUDIO_UNSUPPORTED' });
  });
});
