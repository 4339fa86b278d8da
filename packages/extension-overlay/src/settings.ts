import type { SettingValues } from '@pose-coach/core/extension';

/**
 * Settings by their types. They come complete and valid, so that `otherwise` is only for the type's sake, and for
 * whoever calls a part without a host.
 */
export function numberSetting(settings: SettingValues, name: string, otherwise: number): number {
  const value = settings[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

export function textSetting(settings: SettingValues, name: string, otherwise: string): string {
  const value = settings[name];
  return typeof value === 'string' ? value : otherwise;
}

export function switchSetting(settings: SettingValues, name: string, otherwise: boolean): boolean {
  const value = settings[name];
  return typeof value === 'boolean' ? value : otherwise;
}
