import { describe, expect, it } from 'vitest';
import { lookOf } from '../overlay.test-support.ts';
import { Painted, read, unknown } from './painted-widget.test-support.ts';

describe('overlay.intensity', () => {
  it('lights as much of the meter as the value is of its range', () => {
    const settings = { panel: false, title: false, highFrom: 1000, tint: 'own', color: '#ff0000' };
    const red = (value: number) => {
      const intensity = new Painted('intensity', settings, { width: 420, height: 60 });
      intensity.after(0, { readings: read({ 'dance.intensity': value }) });
      let count = 0;
      for (let x = 0; x < 420; x += 1) {
        const [r = 0, g = 0, , alpha = 0] = intensity.pixels.at(x, 30);
        if (r > 200 && g < 60 && alpha > 200) count += 1;
      }
      return count;
    };
    const full = red(100);
    expect(full).toBeGreaterThan(150);
    expect(red(50) / full).toBeCloseTo(0.5, 1);
    expect(red(25) / full).toBeCloseTo(0.25, 1);
    expect(red(0)).toBeLessThan(20);
  });

  it('stands upright where it is higher than wide', () => {
    const intensity = new Painted('intensity', { panel: false, title: false }, { width: 80, height: 400 });
    intensity.after(0, { readings: read({ 'dance.intensity': 40 }) });
    const alpha = (y: number) =>
      Math.max(
        ...[-3, 0, 3].map((dy) =>
          intensity.pixels
            .at(40, y + dy)
            .slice(0, 3)
            .reduce((sum, each) => sum + each, 0),
        ),
      );
    expect(alpha(280)).toBeGreaterThan(alpha(60));
  });
});

describe('overlay.activity', () => {
  const values = { 'dance.activity': [0, 0, 100, 0, 0, 0] };

  it('lights the arm that works, on its side of the mirror or on the other', () => {
    const settings = { panel: false, title: false, tint: 'own', color: '#00ff00' };
    const green = (mirror: boolean, x: number) => {
      const activity = new Painted('activity', { ...settings, mirror }, { width: 300, height: 260 });
      activity.after(0, { readings: read(values) });
      let most = 0;
      for (let y = 40; y < 200; y += 1) {
        for (let across = x - 20; across < x + 20; across += 1) {
          const [r = 0, g = 0, b = 0] = activity.pixels.at(across, y);
          most = Math.max(most, g - Math.max(r, b));
        }
      }
      return most;
    };
    // The figure is in the middle; its arms are about 50 pixels to the sides.
    expect(green(true, 100)).toBeGreaterThan(200);
    expect(green(true, 200)).toBeLessThan(30);
    expect(green(false, 200)).toBeGreaterThan(200);
    expect(green(false, 100)).toBeLessThan(30);
  });

  it('shows bars with names where it is asked to, or where there are not six', () => {
    const bars = new Painted('activity', { shape: 'bars' }, { width: 400, height: 300 });
    expect(bars.after(0, { readings: read(values) })).toEqual([
      'ACTIVITY',
      'Head',
      'Torso',
      'Left arm',
      'Right arm',
      'Left leg',
      'Right leg',
    ]);
    const named = new Painted(
      'activity',
      { shape: 'bars', title: false, panel: false, tint: 'own', color: '#00ff00' },
      { width: 300, height: 260 },
    );
    const all = { 'dance.activity': [100, 100, 100, 100, 100, 100] };
    const longest = named.written(0, { readings: read(all) }).edges[3];
    const bar = Array.from({ length: 300 }, (_, x) => x).find(
      (x) => (named.pixels.at(x, 151)[1] ?? 0) > 200 && (named.pixels.at(x, 151)[0] ?? 0) < 60,
    );
    expect(bar).toBeGreaterThan((longest?.right ?? Number.NaN) + 4);
    const other = {
      id: 'x.two',
      title: 'Two',
      kind: 'bar' as const,
      range: [0, 1] as const,
      labels: { '0': 'One', '1': 'Other' },
    };
    const two = new Painted('activity', { metric: 'x.two', text: '' });
    expect(two.after(0, { metrics: { 'x.two': other }, readings: read({ 'x.two': [1, 0] }) })).toEqual([
      'TWO',
      'One',
      'Other',
    ]);
  });
});

describe('overlay.onBeat', () => {
  it('writes offset and share, and puts the needle where the offset is', () => {
    const onBeat = new Painted('onBeat', { panel: false, title: false });
    const readings = { ...read({ 'dance.onBeat.offset': -42 }), ...read({ 'dance.onBeat': 72 }) };
    expect(onBeat.after(0, { readings })).toEqual(['72%', 'ahead', '\u221242 ms', 'behind']);
    for (const size of [
      { width: 90, height: 300 },
      { width: 200, height: 200 },
      { width: 420, height: 130 },
    ]) {
      const { edges } = new Painted('onBeat', {}, size).written(0, { readings });
      for (const [index, edge] of edges.entries()) {
        for (const other of edges.slice(index + 1)) {
          const apart = edge.right <= other.left || other.right <= edge.left;
          expect(apart || edge.bottom <= other.top || other.bottom <= edge.top).toBe(true);
        }
      }
    }
    const needle = (offset: number) => {
      const painted = new Painted('onBeat', { panel: false, title: false });
      painted.after(0, {
        readings: read({ 'dance.onBeat.offset': offset }),
        look: { ...lookOf('overlay.broadcast'), good: '#00ff01', warning: '#ff0001' },
      });
      const columns: number[] = [];
      // Above the ladder there is only the needle.
      for (let x = 0; x < 420; x += 1) {
        const [r = 0, g = 0, b = 0, alpha = 0] = painted.pixels.at(x, 30);
        if (alpha > 200 && Math.max(r, g) > 200 && b < 40) columns.push(x);
      }
      return columns.reduce((sum, x) => sum + x, 0) / columns.length;
    };
    // The range is −250 to 250, so that 0 is half way between the ends.
    expect(Math.abs(needle(0) - (needle(-250) + needle(250)) / 2)).toBeLessThan(1);
    expect(Math.abs(needle(125) - needle(0) - (needle(250) - needle(0)) / 2)).toBeLessThan(1);
    expect(needle(-100)).toBeLessThan(needle(0));
  });
});

describe('overlay.sparkline', () => {
  it('draws what was read, and a gap where nothing was known', () => {
    const line = new Painted(
      'sparkline',
      { panel: false, title: false, number: false, seconds: 20, tint: 'own', color: '#0000ff' },
      { width: 420, height: 100 },
    );
    for (let second = 0; second <= 20; second += 0.25) {
      const known = second < 8 || second >= 12;
      line.after(second === 0 ? 0 : 250, {
        readings: known ? read({ 'dance.intensity': 100 }) : unknown('dance.intensity'),
      });
    }
    const { pixels } = line;
    // 100 of 100 is at the top of the chart; the twenty seconds go from its left edge to its right.
    const drawn = (second: number) => {
      const x = 12 + (second / 20) * 396;
      let most = 0;
      for (let y = 0; y < 40; y += 1) most = Math.max(most, pixels.at(x, y)[2] ?? 0);
      return most > 200;
    };
    expect([2, 5, 7, 14, 17, 19].map(drawn)).toEqual([true, true, true, true, true, true]);
    expect([9, 10, 11].map(drawn)).toEqual([false, false, false]);
  });

  it('begins anew for another metric, and writes what is read now', () => {
    const line = new Painted('sparkline', { metric: 'stage.score' });
    expect(line.after(0, { readings: read({ 'stage.score': 7 }) })).toEqual(['SCORE', '7']);
  });
});
