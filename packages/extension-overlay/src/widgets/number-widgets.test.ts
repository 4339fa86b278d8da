import { describe, expect, it } from 'vitest';
import { Painted, read } from './painted-widget.test-support.ts';

describe('overlay.score', () => {
  it('writes what the metric reads, under what it is called', () => {
    expect(new Painted('score').after(0, { readings: read({ 'stage.score': 1240 }) })).toEqual([
      'SCORE',
      '1240',
    ]);
    expect(new Painted('score').after(0, { readings: read({ 'stage.score': 1_234_567 }) })[1]).toBe(
      '1\u202f234\u202f567',
    );
    const smooth = new Painted('score', { metric: 'dance.smoothness.sparc', text: 'Flow', unit: true });
    expect(smooth.after(0, { readings: read({ 'dance.smoothness.sparc': -1.456 }) })).toEqual([
      'FLOW',
      '\u22121.46',
    ]);
    const height = new Painted('score', { metric: 'dance.jump', unit: true, title: false });
    expect(height.after(0, { readings: read({ 'dance.jump': 31.6 }) })).toEqual(['32', 'cm']);
  });

  it('counts up to new points, and is there soon', () => {
    const score = new Painted('score');
    score.after(0, { readings: read({ 'stage.score': 1000 }) });
    const counted: number[] = [];
    for (let frame = 0; frame < 60; frame += 1) {
      counted.push(Number(score.after(1000 / 60, { readings: read({ 'stage.score': 1100 }) })[1]));
    }
    expect(counted[0]).toBeGreaterThan(1000);
    expect(counted[0]).toBeLessThan(1030);
    expect(counted).toEqual([...counted].sort((one, other) => one - other));
    expect(counted.at(-1)).toBe(1100);
  });

  it('is at its new value at once when it is calm, and when points are taken away', () => {
    const calm = new Painted('score');
    calm.after(0, { readings: read({ 'stage.score': 1000 }), calm: true });
    expect(calm.after(16, { readings: read({ 'stage.score': 1100 }), calm: true })[1]).toBe('1100');
    const reset = new Painted('score');
    reset.after(0, { readings: read({ 'stage.score': 1000 }) });
    expect(reset.after(16, { readings: read({ 'stage.score': 0 }) })[1]).toBe('0');
  });
});

describe('overlay.tempo', () => {
  it('writes the tempo of the beat that flashes, else that of the metric', () => {
    expect(new Painted('tempo').after(0, { beat: { tempo: 123.6, at: 0 } })).toEqual(['TEMPO', '124', 'BPM']);
    expect(new Painted('tempo').after(0, { readings: read({ 'dance.rhythm': 96 }) })[1]).toBe('96');
  });

  it('flashes on the beat, and not when it is calm', () => {
    const lit = (now: number, calm: boolean) => {
      const tempo = new Painted('tempo', { panel: false, title: false });
      tempo.after(now - 1000, { beat: { tempo: 120, at: 1000 }, calm });
      // A third of the mark's radius off its middle, which only a beat fills; the mark is at the left.
      const middle = tempo.pixels.at(9 + 50 + 25, 75);
      return middle.join();
    };
    expect(lit(2000, false)).not.toBe(lit(2300, false));
    expect(lit(2000, false)).toBe(lit(4000, false));
    expect(lit(2000, true)).toBe(lit(2300, true));
  });
});

describe('overlay.movement', () => {
  it('writes long words in two lines where that makes them larger, and the same words', () => {
    const settings = { metric: 'somebody.word', title: false };
    const words = 'A very long name of a movement';
    const two = new Painted('movement', settings, { width: 200, height: 90 });
    expect(two.after(0, { readings: read({ 'somebody.word': words }) })).toEqual([
      'A very long name',
      'of a movement',
    ]);
    const one = new Painted('movement', settings, { width: 900, height: 60 });
    expect(one.after(0, { readings: read({ 'somebody.word': words }) })).toEqual([words]);
    const single = new Painted('movement', settings, { width: 60, height: 90 });
    expect(single.after(0, { readings: read({ 'somebody.word': 'Unteilbar' }) })).toEqual(['Unteilbar']);
  });

  it('writes the word of the label, and fades into the next', () => {
    const movement = new Painted('movement');
    expect(movement.after(0, { readings: read({ 'dance.movement': 'dancing' }) })).toEqual([
      'MOVEMENT',
      'Dancing',
    ]);
    expect(movement.after(16, { readings: read({ 'dance.movement': 'jumping' }) })).toEqual([
      'MOVEMENT',
      'Dancing',
      'Jumping',
    ]);
    expect(movement.after(300, { readings: read({ 'dance.movement': 'jumping' }) })).toEqual([
      'MOVEMENT',
      'Jumping',
    ]);
  });

  it('changes at once when it is calm', () => {
    const movement = new Painted('movement');
    movement.after(0, { readings: read({ 'dance.movement': 'dancing' }), calm: true });
    expect(movement.after(16, { readings: read({ 'dance.movement': 'jumping' }), calm: true })).toEqual([
      'MOVEMENT',
      'Jumping',
    ]);
  });
});

describe('overlay.timer', () => {
  it.each([
    [0, '0:00:00'],
    [59_999, '0:00:59'],
    [3_725_000, '1:02:05'],
    [36_000_000, '10:00:00'],
  ])('writes %i ms as %s', (lived, words) => {
    expect(new Painted('timer').after(0, { liveSince: 1000 - lived })).toEqual(['LIVE FOR', words]);
  });

  it('stands still at nothing while nobody is live', () => {
    expect(new Painted('timer').after(0, { live: false, liveSince: 0 })).toEqual(['LIVE FOR', '–']);
    expect(new Painted('timer').after(0, { live: true })).toEqual(['LIVE FOR', '–']);
  });
});

describe('overlay.combo', () => {
  it('shows from two in a row, pops when it grows and celebrates at milestones', () => {
    const combo = new Painted('combo', { panel: false });
    expect(combo.after(0, { readings: read({ 'stage.combo': 1 }) })).toEqual([]);
    expect(combo.pixels.lit).toBe(0);
    expect(combo.after(500, { readings: read({ 'stage.combo': 8 }) })).toEqual(['COMBO', '×8']);
    combo.after(2000, { readings: read({ 'stage.combo': 8 }) });
    const still = combo.pixels.lit;
    combo.after(0, { readings: read({ 'stage.combo': 9 }) });
    expect(combo.pixels.lit).toBeGreaterThan(still * 1.1);
    combo.after(2000, { readings: read({ 'stage.combo': 9 }) });
    const nine = combo.pixels.lit;
    combo.after(16, { readings: read({ 'stage.combo': 10 }) });
    combo.after(500, { readings: read({ 'stage.combo': 10 }) });
    expect(combo.pixels.lit).toBeGreaterThan(nine * 2);
    combo.after(1000, { readings: read({ 'stage.combo': 10 }) });
    expect(combo.pixels.lit).toBeLessThan(nine * 2);
  });

  it('ends its celebration when the combo ends', () => {
    const combo = new Painted('combo', { panel: false });
    combo.after(0, { readings: read({ 'stage.combo': 9 }) });
    combo.after(16, { readings: read({ 'stage.combo': 10 }) });
    combo.after(300, { readings: read({ 'stage.combo': 2 }) });
    const ended = combo.pixels.data.slice();
    const fresh = new Painted('combo', { panel: false });
    fresh.after(0, { readings: read({ 'stage.combo': 2 }) });
    expect(ended).toEqual(fresh.pixels.data);
  });

  it('does not move when it is calm', () => {
    const combo = new Painted('combo', { panel: false });
    combo.after(0, { readings: read({ 'stage.combo': 8 }), calm: true });
    const { lit } = combo.pixels;
    combo.after(16, { readings: read({ 'stage.combo': 9 }), calm: true });
    expect(combo.pixels.lit / lit).toBeCloseTo(1, 1);
  });
});
