import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import { BEAT_METRIC, cue, reading } from './reading.test-data.ts';
import { number, people, recordedParts, scene } from './recorded-parts.test-data.ts';
import { StageView } from './stage-view.ts';

let root: HTMLElement;
let parts: ReturnType<typeof recordedParts>;
let view: StageView;

beforeEach(() => {
  root = document.createElement('div');
  root.style.cssText = 'position:relative;width:960px;height:600px';
  document.body.append(root);
  parts = recordedParts();
  view = new StageView(root, { parts, calm: false });
});

afterEach(() => {
  view.dispose();
  root.remove();
});

const theme = () => parts.mounted.filter(({ kind, disposed }) => kind === 'theme' && !disposed)[0];
const widget = () => parts.mounted.filter(({ kind, disposed }) => kind === 'widget' && !disposed)[0];
const told = () => widget()?.moments.at(-1);

/** Where an item is on the root, in CSS pixels. */
function box(id: string) {
  const item = view.itemElement(id)?.getBoundingClientRect();
  const origin = root.getBoundingClientRect();
  if (!item) throw new Error(`There is no item ${id}.`);
  return [item.x - origin.x, item.y - origin.y, item.width, item.height].map(
    (side) => Math.round(side * 10) / 10,
  );
}

/** People are shown, so that the view knows what time it is in the picture. */
function showFrame(timestamp = 1000, ids: readonly number[] = [0]) {
  view.setFrame(
    poseFrame(
      ids.map((id) => ({ ...standingPose(), id })),
      { timestamp },
    ),
  );
}

describe('StageView lays a scene out', () => {
  it('whole and centred, each item where the scene says, whatever the page’s shape', async () => {
    view.show(scene());
    view.paint(performance.now());
    // 1920 × 1080 in 960 × 600: half as large, 30 pixels from the top.
    expect(box('people')).toEqual([0, 30, 960, 540]);
    expect(box('number')).toEqual([50, 55, 150, 75]);
    root.style.width = '480px';
    await vi.waitFor(() => expect(box('number')).toEqual([25, 165 + 12.5, 75, 37.5]));
  });

  it('upright, for a phone', () => {
    view.show(scene({ canvas: { width: 1080, height: 1920 } }));
    // 600 pixels high: 337.5 wide, in the middle of 960.
    expect(box('number').slice(0, 2)).toEqual([311.3 + 31.2, 15.6]);
  });

  it('with later items on top, also after their order has changed', () => {
    view.show(scene());
    const over = () => {
      const { x, y } = root.getBoundingClientRect();
      return document.elementFromPoint(x + 60, y + 60)?.getAttribute('data-item');
    };
    view.paint(performance.now());
    expect(over()).toBe('number');
    view.show(scene({ items: [number, people] }));
    expect(over()).toBe('people');
  });

  it('as sharp as it is shown', () => {
    view.show(scene());
    view.paint(performance.now());
    expect(widget()?.pixelRatios).toEqual([0.5 * devicePixelRatio]);
  });
});

describe('StageView keeps its parts', () => {
  it('while only place, order or settings change', () => {
    view.show(scene());
    view.show(scene({ items: [{ ...number, x: 7, settings: { color: '#00ff00' } }, people] }));
    view.paint(performance.now());
    expect(parts.mounted).toHaveLength(2);
    expect(told()?.settings).toEqual({ color: '#00ff00' });
    expect(told()?.size).toEqual({ width: 300, height: 150 });
  });

  it('and takes others for what shows something else, or is gone', () => {
    view.show(scene());
    view.show(scene({ theme: { id: 'test.loud', settings: {} } }));
    expect(parts.mounted.map(({ id, disposed }) => [id, disposed])).toEqual([
      ['test.plain', true],
      ['test.number', false],
      ['test.loud', false],
    ]);
    view.show(scene({ items: [] }));
    expect(parts.mounted.every(({ disposed }) => disposed)).toBe(true);
    expect(view.itemElement('number')).toBeUndefined();
    expect(root.querySelector('[data-item]')).toBeNull();
  });

  it('which have the look of the theme, with the streamer’s colours in it', () => {
    view.show(scene({ theme: { id: 'test.plain', settings: { color: '#123456' } } }));
    view.paint(performance.now());
    expect(told()?.look.accent).toBe('#123456');
    view.show(scene({ theme: { id: 'nobody.theme', settings: {} } }));
    view.paint(performance.now());
    expect(told()?.look.accent).toMatch(/^#/);
  });

  it('and lets go of all of them when it is disposed', () => {
    view.show(scene());
    view.dispose();
    expect(parts.mounted.every(({ disposed }) => disposed)).toBe(true);
    expect(root.childElementCount).toBe(0);
  });
});

describe('StageView tells parts', () => {
  it('where the picture lies, themes only, and who is in it, without world landmarks', () => {
    view.show(scene());
    view.setSource(true);
    showFrame();
    view.paint(performance.now());
    // The picture is 1000 × 1000: 1080 high, in the middle of 1920.
    expect(theme()?.moments[0]?.skeleton).toMatchObject({ x: 420, y: 0, width: 1080, height: 1080 });
    expect(told()?.skeleton).toBeUndefined();
    expect(told()?.frame?.poses[0]?.landmarks).toHaveLength(33);
    expect(told()?.frame?.poses[0]?.worldLandmarks).toEqual([]);
  });

  it('how long it is since they were painted, and nothing after a pause', () => {
    view.show(scene());
    for (const now of [1000, 1016, 1050, 9000]) view.paint(now);
    expect(widget()?.moments.map(({ elapsed }) => elapsed)).toEqual([0, 16, 34, 0]);
  });

  it('readings of the first person, the one of the lowest id', () => {
    view.show(scene());
    view.setSource(true);
    showFrame(1000, [4, 2]);
    view.addReadings({
      readings: [reading('a.x', 40, { poseId: 4 }), reading('a.x', 20, { poseId: 2 }), reading('a.y', 5)],
      cues: [],
    });
    view.paint(performance.now());
    expect(told()?.readings['a.x']?.value).toBe(20);
    expect(told()?.readings['a.y']?.value).toBe(5);
  });

  it('each event once, those of all people, and no old ones', () => {
    const jump = { id: 'a.jump', title: 'Jump', kind: 'event' as const, unit: 'cm' };
    view.show(scene());
    view.setMetrics([jump]);
    view.setSource(true);
    const happens = (value: number, timestamp: number, poseId: number) =>
      view.addReadings({ readings: [reading('a.jump', value, { timestamp, poseId })], cues: [] });
    // Nobody knows yet when that was.
    happens(10, 1000, 0);
    showFrame(60_000);
    happens(20, 59_800, 0);
    happens(30, 59_900, 7);
    happens(40, 50_000, 0);
    view.paint(performance.now());
    view.paint(performance.now());
    expect(widget()?.moments.map(({ events }) => events.map(({ value }) => value))).toEqual([[20, 30], []]);
  });

  it('what metrics mean, the stage’s own among them', () => {
    view.show(scene());
    view.setMetrics([BEAT_METRIC]);
    view.paint(performance.now());
    expect(told()?.metrics['test.beat']).toEqual(BEAT_METRIC);
    expect(told()?.metrics['stage.score']?.title).toBe('Score');
  });

  it('the beat where the picture has it', () => {
    view.show(scene());
    view.setMetrics([BEAT_METRIC]);
    view.setSource(true);
    const before = performance.now();
    showFrame(1000);
    const after = performance.now();
    // A tenth of a second before what is seen now.
    view.addReadings({ readings: [reading('test.beat', 100, { timestamp: 900, poseId: 0 })], cues: [] });
    view.addReadings({ readings: [reading('test.beat', 50, { timestamp: 950, poseId: 9 })], cues: [] });
    view.paint(performance.now());
    const { tempo, at = 0 } = told()?.beat ?? {};
    expect(tempo).toBe(100);
    expect(at).toBeGreaterThanOrEqual(before - 100);
    expect(at).toBeLessThanOrEqual(after - 100);
  });

  it('no beat of before a jump of the film', () => {
    view.show(scene());
    view.setMetrics([BEAT_METRIC]);
    view.setSource(true);
    view.setFrame(poseFrame([standingPose()], { timestamp: 1000, epoch: 1 }));
    view.addReadings({ readings: [reading('test.beat', 100, { timestamp: 1000 })], cues: [] });
    view.paint(performance.now());
    expect(told()?.beat?.tempo).toBe(100);
    view.setFrame(poseFrame([standingPose()], { timestamp: 1016, epoch: 1 }));
    view.paint(performance.now());
    expect(told()?.beat?.tempo).toBe(100);
    view.setFrame(poseFrame([standingPose()], { timestamp: 40, epoch: 2 }));
    view.paint(performance.now());
    expect(told()?.beat).toBeUndefined();
  });

  it('cues, and themes which joints they name', () => {
    view.show(scene());
    view.addReadings({ readings: [], cues: [cue('arm', { joints: ['leftElbow'] })] });
    view.paint(performance.now());
    expect(told()?.cues.map((shown) => shown.cue.id)).toEqual(['arm']);
    expect(theme()?.moments.at(-1)?.skeleton?.highlights).toEqual([13]);
  });

  it('nothing of one publisher when there is another', () => {
    view.show(scene());
    view.setMetrics([BEAT_METRIC]);
    view.setSource(true, 500);
    showFrame();
    view.addReadings({
      readings: [reading('a.x', 1), reading('test.beat', 100, { timestamp: 1000 })],
      cues: [cue('arm')],
    });
    view.paint(performance.now());
    expect(told()).toMatchObject({ live: true, liveSince: 500, beat: { tempo: 100 } });
    view.setSource(true, 700);
    view.paint(performance.now());
    expect(told()).toMatchObject({ live: true, liveSince: 700, readings: {}, cues: [] });
    expect(told()?.frame).toBeUndefined();
    expect(told()?.beat).toBeUndefined();
    view.setSource(false);
    view.paint(performance.now());
    expect(told()).toMatchObject({ live: false });
    expect(told()?.liveSince).toBeUndefined();
  });

  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { calm: false }, false],
    [false, { calm: true }, true],
  ])('to be calm, when the system asks for it (%s) and its owner says %o: %s', (asked, options, calm) => {
    view.dispose();
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: asked && query.includes('reduced-motion') }));
    parts = recordedParts();
    view = new StageView(root, { parts, ...options });
    vi.unstubAllGlobals();
    view.show(scene());
    view.paint(performance.now());
    expect(told()?.calm).toBe(calm);
  });
});

describe('StageView paints', () => {
  it('no item that is not to be seen: hidden, or beside the canvas', () => {
    view.show(scene({ items: [people, { ...number, visible: false }, { ...number, id: 'away', x: 1920 }] }));
    view.paint(performance.now());
    const widgets = parts.mounted.filter(({ kind }) => kind === 'widget');
    expect(widgets.map(({ moments }) => moments.length)).toEqual([0, 0]);
    expect(getComputedStyle(view.itemElement('number') as HTMLElement).display).toBe('none');
    expect(theme()?.moments).toHaveLength(1);
  });

  it('a hidden item for as long as an effect shows it', () => {
    view.show(scene({ items: [{ ...number, visible: false }] }));
    view.effect({ kind: 'show-item', scene: 'other', item: 'number', seconds: 5 });
    view.effect({ kind: 'show-item', scene: 'show', item: 'nothing', seconds: 5 });
    const now = performance.now();
    view.paint(now);
    expect(widget()?.moments).toHaveLength(0);
    view.effect({ kind: 'show-item', scene: 'show', item: 'number', seconds: 5 });
    view.paint(now + 4000);
    expect(widget()?.moments).toHaveLength(1);
    expect(getComputedStyle(view.itemElement('number') as HTMLElement).display).not.toBe('none');
    view.paint(now + 6000);
    expect(widget()?.moments).toHaveLength(1);
    expect(getComputedStyle(view.itemElement('number') as HTMLElement).display).toBe('none');
  });

  it('a hidden item of another scene as that scene says, also under the same id', () => {
    const items = [{ ...number, visible: false }];
    view.show(scene({ items }));
    view.effect({ kind: 'show-item', scene: 'show', item: 'number', seconds: 60 });
    view.show(scene({ items, name: 'Renamed' }));
    view.paint(performance.now());
    expect(widget()?.moments).toHaveLength(1);
    view.show(scene({ items, id: 'other' }));
    view.paint(performance.now());
    expect(widget()?.moments).toHaveLength(1);
  });

  it('nothing while it is not visible, after one last painting of what is left', () => {
    const seen = () => getComputedStyle(view.itemElement('number') as HTMLElement).visibility;
    view.show(scene());
    view.paint(1000);
    expect(seen()).toBe('visible');
    view.visible = false;
    for (const now of [1016, 1033, 1050]) view.paint(now);
    expect(seen()).toBe('hidden');
    expect(widget()?.moments).toHaveLength(2);
    view.visible = true;
    // Not before something new is painted.
    expect(seen()).toBe('hidden');
    view.paint(1066);
    expect(seen()).toBe('visible');
    expect(parts.mounted).toHaveLength(2);
  });

  it('no score after it was reset', () => {
    view.show(scene());
    view.addReadings({ readings: [reading('stage.score', 900), reading('a.x', 1)], cues: [] });
    view.effect({ kind: 'score-reset' });
    view.paint(performance.now());
    expect(told()?.readings).toEqual({ 'a.x': reading('a.x', 1) });
  });
});
