import { afterEach, describe, expect, it } from 'vitest';
import type { ExtensionHost } from '../host.ts';
import { isolatedHost } from './index.ts';
import {
  COUNTS,
  countingClock,
  frameCount,
  heardServices,
  startRequest,
  stepOnce,
} from './isolated-host.test-support.ts';

describe('The isolated host', () => {
  const clock = countingClock();
  let host: ExtensionHost = isolatedHost({ clock });

  afterEach(() => {
    host.dispose();
    host = isolatedHost({ clock });
  });

  it('runs an extension in a frame that comes with it and goes with it', async () => {
    const services = heardServices();
    const extension = await host.start(startRequest(COUNTS, services));
    expect(frameCount()).toBe(1);
    for (let sequence = 1; sequence <= 3; sequence += 1) {
      const { readings, cost } = await stepOnce(extension, sequence);
      expect(readings).toEqual([
        { metric: 'test.count', timestamp: sequence * 33, status: 'ok', value: sequence, confidence: 1 },
      ]);
      expect(cost).toBeGreaterThanOrEqual(0);
    }
    await extension.stop();
    expect(frameCount()).toBe(0);
    expect(clock.pending).toBe(0);
    expect(services.failures).toEqual([]);
    await expect(stepOnce(extension, 4)).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});
