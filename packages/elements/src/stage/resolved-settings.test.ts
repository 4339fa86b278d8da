import type { OverlayThemeDeclaration, SettingDeclaration } from '@pose-coach/core/extensions';
import { describe, expect, it } from 'vitest';
import { PLAIN_LOOK, resolveLook, resolveSettings } from './resolved-settings.ts';

const setting = (id: string, value: SettingDeclaration['default'], schema: SettingDeclaration['schema']) => ({
  id,
  title: id,
  description: '',
  default: value,
  schema,
});

const settings = [
  setting('color', '#ff00ff', { type: 'string', format: 'color' }),
  setting('size', 12, { type: 'number', minimum: 1, maximum: 100 }),
];

describe('settings of a part', () => {
  it('are complete: the default stands where nothing was chosen', () => {
    expect(resolveSettings(settings, { size: 40 })).toEqual({ color: '#ff00ff', size: 40 });
  });

  it.each([
    [{ size: 1000 }],
    [{ size: 'large' }],
    [{ size: null }],
    [{ other: 1 }],
    [JSON.parse('{"__proto__": {"size": 40}}')],
  ])('are valid, whatever stands in the scene: %j', (chosen) => {
    expect(resolveSettings(settings, chosen)).toEqual({ color: '#ff00ff', size: 12 });
  });
});

describe('the look of a theme', () => {
  const theme: OverlayThemeDeclaration = {
    id: 'test.theme',
    title: 'Theme',
    look: { ...PLAIN_LOOK, accent: { setting: 'color' }, text: '#eeeeee' },
    settings,
  };

  it('has what it declares, and the streamer’s own colours where it names a setting', () => {
    expect(resolveLook(theme, resolveSettings(settings, { color: '#00ff00' }))).toEqual({
      ...PLAIN_LOOK,
      accent: '#00ff00',
      text: '#eeeeee',
    });
  });
});
