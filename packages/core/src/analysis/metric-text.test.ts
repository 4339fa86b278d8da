import { describe, expect, it } from 'vitest';
import type { MetricDeclaration } from './metric.ts';
import { formatValue, unitBehind } from './metric-text.ts';

const angle: MetricDeclaration = { id: 'a.b', title: 'Angle', kind: 'gauge', unit: '°', decimals: 1 };
const tempo: MetricDeclaration = { id: 'a.c', title: 'Tempo', kind: 'bar', unit: 'BPM' };
const posture: MetricDeclaration = {
  id: 'a.d',
  title: 'Posture',
  kind: 'label',
  labels: { up: 'Arms up', true: 'Yes!' },
};

describe('a value in words and figures', () => {
  it('has the digits that its metric asks for, and none by default', () => {
    expect(formatValue(angle, 12.345)).toBe('12.3');
    expect(formatValue(tempo, 119.6)).toBe('120');
    expect(formatValue(tempo, [1.4, 2.6])).toBe('1, 3');
  });

  it('has a minus where it is negative, and none where it is rounded to nothing', () => {
    expect(formatValue(angle, -12.345)).toBe('\u221212.3');
    expect(formatValue(tempo, [-3, -0.4])).toBe('\u22123, 0');
    expect(formatValue(angle, -0.01)).toBe('0.0');
  });

  it('is called what its metric calls it', () => {
    expect(formatValue(posture, 'up')).toBe('Arms up');
    expect(formatValue(posture, 'down')).toBe('down');
    expect(formatValue(posture, true)).toBe('Yes!');
    expect(formatValue(tempo, false)).toBe('no');
  });

  it('has its unit behind it, close where that is the custom, and none behind words', () => {
    expect(unitBehind(angle, 12)).toBe('°');
    expect(unitBehind(tempo, 120)).toBe('\u202fBPM');
    expect(unitBehind(tempo, 'fast')).toBe('');
    expect(unitBehind(posture, 1)).toBe('');
  });
});
