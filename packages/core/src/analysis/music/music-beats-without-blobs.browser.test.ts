import { firstValueFrom, NEVER } from 'rxjs';
import { expect, it } from 'vitest';
import { microphone } from '../../capture/audio/index.ts';
import { musicBeats, soundOnsets } from './music-beats.ts';

// In a file of its own: a content security policy cannot be taken back from a page.
it('says how to serve its code where the content security policy forbids scripts from blobs', async () => {
  await expect(firstValueFrom(soundOnsets(microphone()))).resolves.toMatchObject({
    strength: expect.any(Number),
  });
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'self' 'unsafe-inline'";
  document.head.append(policy);
  await expect(firstValueFrom(musicBeats(NEVER))).rejects.toMatchObject({
    code: 'AUDIO_UNSUPPORTED',
    message: expect.stringContaining('serve "@pose-coach/core/music-worklet.js" and set "workletUrl"'),
  });
});
