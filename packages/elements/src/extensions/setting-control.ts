import type { JsonValue } from '@pose-coach/core';
import type { SettingDeclaration } from '@pose-coach/core/extensions';

/** One choice among few. */
export interface SettingOption {
  readonly value: JsonValue;
  readonly description: string | undefined;
}

/** What a setting is changed with, as its JSON Schema asks for. */
export type SettingControl =
  | { readonly kind: 'switch' | 'color' | 'json' }
  | { readonly kind: 'text'; readonly maximumLength: number | undefined }
  | { readonly kind: 'choice'; readonly options: readonly SettingOption[] }
  | {
      readonly kind: 'number';
      readonly minimum: number | undefined;
      readonly maximum: number | undefined;
      /** Both ends are known, so a slider can stand for all between. */
      readonly slider: boolean;
      readonly step: number | 'any';
    };

/** A slider without a step of its own has about this many: as many as fit on a screen and can be told apart. */
const SLIDER_STEPS = 100;

/** Chooses the control for a setting. What a schema does not tell is left open: the value is checked when it is set. */
export function settingControl({ schema, default: fallback }: SettingDeclaration): SettingControl {
  if (Array.isArray(schema.enum)) return { kind: 'choice', options: options(schema) };
  switch (schema.type) {
    case 'boolean':
      return { kind: 'switch' };
    case 'number':
    case 'integer': {
      const minimum = numberOrNothing(schema.minimum);
      const maximum = numberOrNothing(schema.maximum);
      const slider = minimum !== undefined && maximum !== undefined && minimum < maximum;
      const own = numberOrNothing(schema.multipleOf) ?? (schema.type === 'integer' ? 1 : undefined);
      const step = own ?? (slider ? roundStep(maximum - minimum) : 'any');
      // The browser counts its steps from the minimum: where that leads past the default, no step fits.
      const fits = step === 'any' || isMultiple(Number(fallback) - (minimum ?? 0), step);
      return { kind: 'number', minimum, maximum, slider, step: fits ? step : 'any' };
    }
    case 'string':
      if (schema.format === 'color') return { kind: 'color' };
      return { kind: 'text', maximumLength: numberOrNothing(schema.maxLength) };
    default:
      return { kind: 'json' };
  }
}

/** The unit that a schema names, for behind the value; empty where there is none. */
export function settingUnit({ schema }: SettingDeclaration): string {
  return typeof schema.unit === 'string' ? schema.unit : '';
}

function options(schema: SettingDeclaration['schema']): readonly SettingOption[] {
  const values = Array.isArray(schema.enum) ? (schema.enum as readonly JsonValue[]) : [];
  const descriptions = Array.isArray(schema.enumDescriptions) ? schema.enumDescriptions : [];
  return values.map((value, index) => {
    const description: unknown = descriptions[index];
    return { value, description: typeof description === 'string' ? description : undefined };
  });
}

/** A power of ten that divides a range into about a hundred steps. */
function roundStep(range: number): number {
  return 10 ** Math.floor(Math.log10(range / SLIDER_STEPS));
}

function isMultiple(value: number, step: number): boolean {
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function numberOrNothing(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
