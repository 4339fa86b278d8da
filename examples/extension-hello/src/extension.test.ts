import { readFileSync } from 'node:fs';
import { type ExtensionTest, syntheticFrames, testExtension } from '@pose-coach/core/extension-testing';
import { afterEach, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as module from './extension.ts';

/** In which direction the arms point: 0° hanging, 90° to the front, 180° up. */
const HANGING = { shoulder: 0 };
const FRONT = { shoulder: 90 };
const UP = { shoulder: 180 };

let hello: ExtensionTest;
afterEach(() => hello.dispose());

const heights = () => hello.readings.filter(({ metric }) => metric === 'hello.height');
const raises = () =>
  hello.readings.filter(({ metric }) => metric === 'hello.raises').map(({ value }) => value);

describe('the extension hello', () => {
  it('puts hands at 0 % hanging, 100 % stretched up, and at the shoulders in between', async () => {
    hello = await testExtension({ manifest, module });
    await hello.feed(syntheticFrames(3, (second) => [HANGING, FRONT, UP][Math.floor(second)]));
    const [hanging, front, up] = [15, 45, 75].map((frame) => heights()[frame]?.value);
    expect(hanging).toBe(0);
    // The trunk is 50 cm long and the arms 53: hands at the shoulders are 50 of 103 cm high.
    expect(front).toBeCloseTo((100 * 50) / 103, 6);
    expect(up).toBeCloseTo(100, 6);
    expect(heights()).toHaveLength(90);
  });

  it('goes by the arm that can be seen, and says so when there is none', async () => {
    hello = await testExtension({ manifest, module });
    await hello.feed(
      syntheticFrames(2, (second) => ({
        ...UP,
        hidden: second < 1 ? ['leftWrist'] : ['leftWrist', 'rightShoulder'],
      })),
    );
    expect(heights()[0]).toMatchObject({ status: 'ok' });
    expect(heights()[59]).toMatchObject({ status: 'unknown', reason: 'Both arms are hidden.' });
  });

  it('counts what passes the goal once, however it trembles there', async () => {
    hello = await testExtension({ manifest, module, settings: { 'hello.goal': 46 } });
    // Four times up from hanging; up there 44 and 49 % in turn: below the goal and above it, never 15 % below.
    await hello.feed(
      syntheticFrames(8, (second) =>
        second % 2 < 1 ? HANGING : { shoulder: Math.floor(second * 30) % 2 ? 85 : 90 },
      ),
    );
    expect(raises()).toEqual([1, 2, 3, 4]);
    const summaries = await hello.finish();
    expect(summaries['hello.arms']?.details).toEqual({ raises: 4 });
  });

  it('counts from the start again when it is told to', async () => {
    hello = await testExtension({ manifest, module });
    const downAndUp = (from: number) =>
      syntheticFrames(2, (second) => (second - from < 1 ? HANGING : UP), { from });
    await hello.feed(downAndUp(0));
    await hello.feed(downAndUp(2));
    await hello.execute('hello.restart');
    await hello.feed(downAndUp(4));
    expect(raises()).toEqual([1, 2, 1]);
  });

  it('asks for more after two seconds, and praises', async () => {
    hello = await testExtension({ manifest, module });
    const { cues } = await hello.feed(syntheticFrames(6, (second) => (second < 4 ? HANGING : UP)));
    expect(cues.map(({ message }) => message)).toEqual(['Arms higher!', 'Up they are!']);
    expect(cues[0]?.timestamp).toBeCloseTo(2000, -2);
  });

  it('makes sense of a real dancer', async () => {
    hello = await testExtension({ manifest, module });
    const dance = new URL('../../../packages/elements/assets/sample-dance.poses', import.meta.url);
    await hello.feed(readFileSync(dance));
    const known = heights().filter(({ status }) => status === 'ok');
    expect(known.length).toBeGreaterThan(0);
    for (const { value } of known) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(100);
    }
    expect(hello.status).toMatchObject({ state: 'active', restarts: 0, warnings: [] });
  });
});
