import { describe, expect, it } from 'vitest';
import { isControlMethod, readControlParams } from './control-schemas.ts';

describe('reading the parameters of requests', () => {
  it('knows the methods by their names, and nothing else', () => {
    expect(isControlMethod('obs.connect')).toBe(true);
    expect(isControlMethod('toString')).toBe(false);
    expect(isControlMethod('__proto__')).toBe(false);
  });

  it('passes on what fits, without what it does not know', () => {
    expect(readControlParams('obs.setup', { scene: 'Dance', colour: 'red' })).toEqual({
      ok: true,
      value: { scene: 'Dance' },
    });
    expect(readControlParams('command.run', { command: 'dance.tapTempo', values: [1, { a: null }] })).toEqual(
      {
        ok: true,
        value: { command: 'dance.tapTempo', values: [1, { a: null }] },
      },
    );
  });

  it.each([
    ['trigger.test', { scene: 'main', dry: true }, 'trigger.test: trigger is missing.'],
    ['obs.scene', { scene: '' }, 'obs.scene: scene must not be empty.'],
    ['obs.scene', { scene: 3 }, 'obs.scene: scene must be string.'],
    ['obs.record', { to: 'pause' }, 'obs.record: to must be ("start" | "stop").'],
    ['obs.delay', { source: 'Camera', milliseconds: 10_001 }, 'obs.delay: milliseconds must be <=10000.'],
    ['obs.delay', { source: 'Camera', milliseconds: Number.NaN }, 'obs.delay: milliseconds must be number.'],
    [
      'command.run',
      { command: 'a.b', values: [() => 1] },
      'command.run: values.0 must be what JSON can say.',
    ],
    ['score.reset', 'now', 'score.reset: params must be Object.'],
    ['score.reset', undefined, 'score.reset: params is missing.'],
  ] as const)('refuses %s with %j', (method, params, words) => {
    const result = readControlParams(method, params);
    expect(result.ok ? result.value : result.error).toMatchObject({
      code: 'MESSAGE_INVALID',
      message: words,
    });
  });

  it('reads a change of the stage as the stage itself does, and names the place of a fault', () => {
    const change = { hidden: true, removed: ['old'], colour: 'red' };
    expect(readControlParams('stage.change', { change, base: 4 })).toEqual({
      ok: true,
      value: { change: { hidden: true, removed: ['old'] }, base: 4 },
    });
    const faulty = readControlParams('stage.change', { change: { removed: [7] }, base: 4 });
    expect(faulty.ok ? faulty.value : faulty.error).toMatchObject({
      code: 'STAGE_INVALID',
      message: expect.stringContaining('removed'),
    });
    const without = readControlParams('stage.change', { change });
    expect(without.ok ? without.value : without.error).toMatchObject({
      code: 'MESSAGE_INVALID',
      message: 'stage.change: base is missing.',
    });
  });

  it('does not repeat a password that it refuses', () => {
    for (const password of [9_876_543, ['hunter2'], 'hunter2'.repeat(100)]) {
      const result = readControlParams('obs.connect', { password, remember: true });
      expect(result.ok ? '' : result.error.message).toMatch(/password must be/);
      expect(result.ok ? '' : result.error.message).not.toMatch(/hunter2|9876543/);
    }
  });
});
