import { afterEach, describe, expect, it } from 'vitest';
import type { ExtensionHost } from '../host.ts';
import { isolatedHost } from './index.ts';
import { countingClock, heardServices, startRequest, stepOnce } from './isolated-host.test-support.ts';

/** Counts frames: the least that an extension can do. */
const COUNTS = `
  export function activate(context, coach) {
    let count = 0;
    context.subscriptions.push(
      coach.analyzers.register('test.count', {
        create: () => ({
          step({ frame }) {
            count += 1;
            return [{ metric: 'test.count', timestamp: frame.timestamp, status: 'ok', value: count, confidence: 1 }];
          },
          reset() {},
        }),
      }),
    );
  }
`;

const frames = () => document.querySelectorAll('iframe[sandbox]').length;

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
    expect(frames()).toBe(1);
    for (let sequence = 1; sequence <= 3; sequence += 1) {
      const { readings, cost } = await stepOnce(extension, sequence);
      expect(readings).toEqual([
        { metric: 'test.count', timestamp: sequence * 33, status: 'ok', value: sequence, confidence: 1 },
      ]);
      expect(cost).toBeGreaterThanOrEqual(0);
    }
    await extension.stop();
    expect(frames()).toBe(0);
    expect(clock.pending).toBe(0);
    expect(services.failures).toEqual([]);
    await expect(stepOnce(extension, 4)).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});
