import type { Beat, Reading } from '@pose-coach/core';
import { createExtensions, type Extensions } from '@pose-coach/core/extensions';
import { afterEach, expect, it } from 'vitest';
import { beatTimes, dancerFrames, dancing } from '../../../tests/motion/synthetic-dancer.ts';
import manifest from '../package.json' with { type: 'json' };

/** Where this package is served, with what was built of it. */
const PACKAGE = new URL('../package.json', import.meta.url).href;
const BUILT = new URL('../dist/extension.js', import.meta.url).href;

const SECONDS = 12;
const beats = beatTimes([{ beatsPerMinute: 120, seconds: SECONDS }]);
const frames = dancerFrames({ move: dancing(beats) }, { seconds: SECONDS, noise: 0.002 });
const music = beats.map((second): Beat => ({ timestamp: second * 1000, strength: 1 }));

const running: Extensions[] = [];
afterEach(() => {
  for (const extensions of running.splice(0)) extensions.dispose();
});

function started(): Extensions {
  const extensions = createExtensions({ onPermission: ({ permissions }) => permissions });
  running.push(extensions);
  return extensions;
}

async function readingsOf(extensions: Extensions): Promise<readonly Reading[]> {
  extensions.pushBeats(music);
  const readings: Reading[] = [];
  for (const frame of frames) readings.push(...(await extensions.analyze(frame)).readings);
  return readings;
}

it('reads the same locked away, as it is built, as in the page, and sums up the same', async () => {
  const isolated = started();
  await isolated.add(PACKAGE);
  const inline = started();
  await inline.add({ manifest, module: await import(/* @vite-ignore */ BUILT) });
  const apart = await readingsOf(isolated);
  expect(isolated.list[0]).toMatchObject({ state: 'active', trust: 'isolated', faults: [], warnings: [] });
  expect(apart.filter(({ status }) => status === 'ok').length).toBeGreaterThan(500);
  expect(apart).toEqual(await readingsOf(inline));
  expect(await isolated.finish()).toEqual(await inline.finish());
  expect(isolated.list[0]?.restarts).toBe(0);
});

it('takes commands while it is locked away', async () => {
  const isolated = started();
  await isolated.add(PACKAGE);
  for (const frame of frames.slice(0, 31)) {
    await isolated.analyze(frame);
    if (frame.timestamp % 500 === 0) await isolated.commands.execute('dance.tapTempo');
  }
  expect(await isolated.commands.execute('dance.setTempo', 90)).toBe('90 BPM');
  await expect(isolated.commands.execute('dance.setTempo', 'quick')).rejects.toMatchObject({
    code: 'COMMAND_FAILED',
  });
});
