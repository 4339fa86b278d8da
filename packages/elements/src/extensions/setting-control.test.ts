import type { JsonValue } from '@pose-coach/core';
import type { SettingDeclaration } from '@pose-coach/core/extensions';
import { describe, expect, it } from 'vitest';
import { settingControl } from './setting-control.ts';

function setting(schema: SettingDeclaration['schema'], fallback: JsonValue): SettingDeclaration {
  return { id: 'hello.setting', title: 'A setting', description: '', default: fallback, schema };
}

describe('the control of a setting', () => {
  it('is a slider where both ends are known, in a hundred round steps', () => {
    expect(settingControl(setting({ type: 'number', minimum: 0, maximum: 1 }, 0.5))).toEqual({
      kind: 'number',
      minimum: 0,
      maximum: 1,
      slider: true,
      step: 0.01,
    });
    expect(settingControl(setting({ type: 'number', minimum: 40, maximum: 240 }, 120))).toMatchObject({
      step: 1,
    });
  });

  it('is a number field where an end is open', () => {
    expect(settingControl(setting({ type: 'number', minimum: 0 }, 3))).toEqual({
      kind: 'number',
      minimum: 0,
      maximum: undefined,
      slider: false,
      step: 'any',
    });
  });

  it('goes in whole steps for integers, and in its own where it names them', () => {
    expect(settingControl(setting({ type: 'integer' }, 3))).toMatchObject({ slider: false, step: 1 });
    const quarters = { type: 'number', minimum: 0, maximum: 2, multipleOf: 0.25 };
    expect(settingControl(setting(quarters, 0.5))).toMatchObject({ slider: true, step: 0.25 });
  });

  it('has no step where the default would lie between two', () => {
    const fifths = { type: 'number', minimum: 1, maximum: 11, multipleOf: 5 };
    expect(settingControl(setting(fifths, 5))).toMatchObject({ step: 'any' });
    expect(settingControl(setting({ type: 'number', minimum: 0, maximum: 1 }, 0.333))).toMatchObject({
      step: 'any',
    });
  });

  it('is a list of choices with what each means', () => {
    const schema = { type: 'string', enum: ['slow', 'fast'], enumDescriptions: ['Half the tempo'] };
    expect(settingControl(setting(schema, 'slow'))).toEqual({
      kind: 'choice',
      options: [
        { value: 'slow', description: 'Half the tempo' },
        { value: 'fast', description: undefined },
      ],
    });
  });

  it('is a switch, a colour, a text or JSON by type', () => {
    expect(settingControl(setting({ type: 'boolean' }, true)).kind).toBe('switch');
    expect(settingControl(setting({ type: 'string', format: 'color' }, '#ff0000')).kind).toBe('color');
    expect(settingControl(setting({ type: 'string', maxLength: 20 }, ''))).toEqual({
      kind: 'text',
      maximumLength: 20,
    });
    expect(settingControl(setting({ type: 'array', items: { type: 'number' } }, [1])).kind).toBe('json');
    expect(settingControl(setting({ type: 'object' }, {})).kind).toBe('json');
    expect(settingControl(setting({}, null)).kind).toBe('json');
  });
});
