import { PoseCoachError } from '@pose-coach/core';
import type { OverlayModule } from '@pose-coach/core/extension';
import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import { defaultStage, exportScene, type StageRectangle } from '@pose-coach/core/stage';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { expectAccessible } from '../../base/accessibility-audit.test-data.ts';
import { recordedParts } from '../../stage/recorded-parts.test-data.ts';
import { all, eventually, nameOf, one, openEditor, SAMPLE } from './in-page.test-data.ts';
import type { PoseStageEditorElement } from './pose-stage-editor.ts';
import { ScriptedController } from './scripted-controller.test-data.ts';

/** Where the tempo stands in the stage that everybody begins with, in stage pixels. */
const TEMPO = { x: 96, y: 54, width: 300, height: 150 };

beforeEach(async () => {
  await page.viewport(1440, 900);
  document.body.style.margin = '0';
});

afterEach(() => document.body.replaceChildren());

/** Where an item stands, as the server has it. */
function placeOf(controller: ScriptedController, id: string, scene = 'dance'): StageRectangle {
  const item = controller.scene(scene).items.find((each) => each.id === id);
  if (!item) throw new Error(`The server has no item "${id}".`);
  const { x, y, width, height } = item;
  return { x, y, width, height };
}

async function untilPlaced(
  controller: ScriptedController,
  id: string,
  place: Partial<StageRectangle>,
): Promise<void> {
  await eventually(() => expect(placeOf(controller, id)).toMatchObject(place));
}

/** CSS pixels per stage pixel on the canvas. */
function scaleOf(editor: Element): number {
  return one(editor, '.board').getBoundingClientRect().width / 1920;
}

/** A real mouse: pointer events of one's own making cannot be captured. */
async function mouse(
  type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
  x: number,
  y: number,
  modifiers = 0,
) {
  const frame = window.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0, width: innerWidth };
  const zoom = frame.width / innerWidth;
  const at = { x: frame.left + x * zoom, y: frame.top + y * zoom };
  const held = type === 'mouseMoved' ? { buttons: 1 } : { clickCount: 1 };
  await cdp().send('Input.dispatchMouseEvent', { type, ...at, button: 'left', modifiers, ...held });
}

/** Presses the mouse on an element's middle and moves it by so many CSS pixels; the button stays down. */
async function dragFrom(element: Element, dx: number, dy: number, modifiers = 0) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  await mouse('mousePressed', x, y);
  await mouse('mouseMoved', x + dx / 2, y + dy / 2, modifiers);
  await mouse('mouseMoved', x + dx, y + dy, modifiers);
  return () => mouse('mouseReleased', x + dx, y + dy, modifiers);
}

const ALT = 1;

function item(editor: PoseStageEditorElement, name: string): HTMLElement {
  return one(editor, '.item', name);
}

function change(field: HTMLInputElement | HTMLSelectElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('<pose-stage-editor>', () => {
  it.each([
    ['nothing selected', undefined],
    ['a widget selected', 'Tempo'],
    ['the skeleton selected', 'Skeleton'],
  ])('passes the accessibility audit with %s', async (_, name) => {
    const { editor } = await openEditor();
    editor.sample = SAMPLE;
    if (name) item(editor, name).focus();
    one(editor, 'details.add').setAttribute('open', '');
    await editor.updateComplete;
    await expectAccessible(editor);
  });

  it('passes the accessibility audit on a phone, and is no wider than it', async () => {
    await page.viewport(390, 844);
    const { editor } = await openEditor(undefined, { width: 390, height: 844 });
    editor.style.height = 'auto';
    await eventually(() => expect(all(editor, '.item').length).toBeGreaterThan(0));
    await expectAccessible(editor);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    // What somebody does in a hurry can be done there.
    one(editor, '.row', 'Just the skeleton').click();
    await editor.updateComplete;
    one(editor, 'button', 'Show on stream').click();
    await eventually(() => expect(one(editor, '.scenes .on-stream')).toBeTruthy());
  });

  it('says what it waits for while there is no stage', async () => {
    const editor = document.createElement('pose-stage-editor');
    document.body.append(editor);
    await editor.updateComplete;
    expect(nameOf(one(editor, '.empty'))).toContain('Open the studio link');
    await expectAccessible(editor);
  });

  it('moves an item by pointer, on the server while it is dragged, and back with Ctrl+Z', async () => {
    const { editor, controller } = await openEditor();
    one(editor, 'button', 'Snap').click();
    const release = await dragFrom(item(editor, 'Tempo'), 120, 60);
    const place = {
      x: Math.round(TEMPO.x + 120 / scaleOf(editor)),
      y: Math.round(TEMPO.y + 60 / scaleOf(editor)),
    };
    await eventually(() => {
      const { x, y } = placeOf(controller, 'tempo');
      expect(Math.abs(x - place.x)).toBeLessThanOrEqual(1);
      expect(Math.abs(y - place.y)).toBeLessThanOrEqual(1);
    });
    await release();
    await userEvent.keyboard('{Control>}z{/Control}');
    await untilPlaced(controller, 'tempo', TEMPO);
    await userEvent.keyboard('{Control>}y{/Control}');
    await eventually(() => expect(placeOf(controller, 'tempo').x).toBeGreaterThan(TEMPO.x));
  });

  it('draws an item on to the lines near it and shows them, and not with Alt', async () => {
    const { editor, controller } = await openEditor();
    const scale = scaleOf(editor);
    // Five CSS pixels beside the middle of the canvas.
    const dx = (960 - 150 - TEMPO.x) * scale + 5;
    let release = await dragFrom(item(editor, 'Tempo'), dx, 260 * scale);
    await untilPlaced(controller, 'tempo', { x: 810 });
    expect(all(editor, '.guide.x').length).toBeGreaterThan(0);
    await release();
    await eventually(() => expect(all(editor, '.guide')).toHaveLength(0));
    await userEvent.keyboard('{Control>}z{/Control}');
    await untilPlaced(controller, 'tempo', TEMPO);
    release = await dragFrom(item(editor, 'Tempo'), dx, 260 * scale, ALT);
    await eventually(() => expect(placeOf(controller, 'tempo').x).toBeGreaterThan(812));
    expect(all(editor, '.guide')).toHaveLength(0);
    await release();
  });

  it('resizes by a handle, and leaves a locked item where it is', async () => {
    const { editor, controller } = await openEditor();
    one(editor, 'button', 'Snap').click();
    item(editor, 'Tempo').focus();
    await editor.updateComplete;
    const release = await dragFrom(one(editor, '.handle.se'), 60, 30);
    await eventually(() => {
      const { x, y, width, height } = placeOf(controller, 'tempo');
      expect({ x, y }).toEqual({ x: TEMPO.x, y: TEMPO.y });
      expect(Math.abs(width - (TEMPO.width + 60 / scaleOf(editor)))).toBeLessThanOrEqual(1);
      expect(Math.abs(height - (TEMPO.height + 30 / scaleOf(editor)))).toBeLessThanOrEqual(1);
    });
    await release();
    one(editor, 'button', 'Lock Tempo').click();
    await eventually(() => expect(all(editor, '.handle')).toHaveLength(0));
    const before = placeOf(controller, 'tempo');
    const letGo = await dragFrom(item(editor, 'Tempo'), 80, 80);
    await letGo();
    expect(placeOf(controller, 'tempo')).toEqual(before);
  });

  it('does everything to an item by keyboard, and says where it is', async () => {
    const { editor, controller } = await openEditor();
    const tempo = item(editor, 'Tempo');
    expect(nameOf(tempo)).toBe('Tempo, 96 from the left, 54 from the top, 300 by 150, layer 2 of 8');
    tempo.focus();
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowDown}{/Shift}');
    await untilPlaced(controller, 'tempo', { x: 97, y: 64 });
    expect(nameOf(one(editor, '[aria-live]'))).toBe('Tempo: 97 from the left, 64 from the top, 300 by 150');
    await userEvent.keyboard('{Control>}{ArrowRight}{/Control}');
    await untilPlaced(controller, 'tempo', { x: 97, width: 301 });
    // All of that was one step.
    await userEvent.keyboard('{Control>}z{/Control}');
    await untilPlaced(controller, 'tempo', TEMPO);
    await userEvent.keyboard(']');
    await eventually(() =>
      expect(
        controller
          .scene('dance')
          .items.map(({ id }) => id)
          .indexOf('tempo'),
      ).toBe(2),
    );
    await userEvent.keyboard('[[');
    await eventually(() =>
      expect(
        controller
          .scene('dance')
          .items.map(({ id }) => id)
          .indexOf('tempo'),
      ).toBe(1),
    );
    await userEvent.keyboard('{Control>}d{/Control}');
    await eventually(() => expect(controller.scene('dance').items).toHaveLength(9));
    const copy = controller.scene('dance').items.at(-1);
    expect(copy).toMatchObject({ kind: 'widget', widget: 'overlay.tempo', width: 300, height: 150 });
    // The copy has the keyboard.
    await eventually(() => expect(one(editor, '.item:focus').dataset.item).toBe(copy?.id));
    await userEvent.keyboard('{Delete}');
    await eventually(() => expect(controller.scene('dance').items).toHaveLength(8));
    expect(nameOf(one(editor, '.notice'))).toContain('is deleted.');
    one(editor, '.notice button', 'Undo').click();
    await eventually(() => expect(controller.scene('dance').items).toHaveLength(9));
  });

  it('goes from item to item with Tab', async () => {
    const { editor } = await openEditor();
    item(editor, 'Skeleton').focus();
    const met: (string | undefined)[] = [];
    for (let step = 0; step < 7; step += 1) {
      await userEvent.tab();
      await editor.updateComplete;
      met.push(one(editor, '.item[aria-pressed=true]').dataset.item);
    }
    expect(met).toEqual(['tempo', 'movement', 'score', 'combo', 'intensity', 'captions', 'activity']);
  });

  it('puts every widget that there is on the stage, in the middle, selected', async () => {
    const { editor, controller } = await openEditor();
    const choices = all(editor, '.choices strong').map((each) => each.textContent);
    expect(choices).toEqual(expect.arrayContaining(['Score', 'Tempo', 'Timer']));
    one(editor, '.choices button', 'Timer').click();
    await eventually(() => expect(controller.scene('dance').items).toHaveLength(9));
    const added = controller.scene('dance').items.at(-1);
    expect(added).toMatchObject({ widget: 'overlay.timer' });
    const { x, y, width, height } = placeOf(controller, added?.id ?? '');
    expect([x + width / 2, y + height / 2]).toEqual([960, 540]);
    await eventually(() => expect(nameOf(one(editor, '.of-item h3'))).toBe('Timer'));
  });

  it('sets place, settings, theme, colours and score in the inspector', async () => {
    const { editor, controller } = await openEditor();
    item(editor, 'Tempo').focus();
    await editor.updateComplete;
    change(one<HTMLInputElement>(editor, '.place input'), '200');
    await untilPlaced(controller, 'tempo', { x: 200 });
    one(editor, '.card', 'Chalk').click();
    await eventually(() =>
      expect(controller.scene('dance').theme).toEqual({ id: 'overlay.chalk', settings: {} }),
    );
    const color = one<HTMLInputElement>(editor, '.themes input[type=color]');
    color.value = '#12ab34';
    color.dispatchEvent(new Event('input', { bubbles: true }));
    await eventually(() =>
      expect(Object.values(controller.scene('dance').theme.settings)).toEqual(['#12ab34']),
    );
    one(editor, '.themes button', 'Set').click();
    await eventually(() => expect(controller.scene('dance').theme.settings).toEqual({}));
    one(editor, '#scored').click();
    await eventually(() => expect(controller.scene('dance').scoring).toBeUndefined());
    item(editor, 'Skeleton').focus();
    await editor.updateComplete;
    change(one<HTMLSelectElement>(editor, '#fit'), 'cover');
    one(editor, '#mirror').click();
    await eventually(() =>
      expect(controller.scene('dance').items[0]).toMatchObject({ fit: 'cover', mirror: true }),
    );
  });

  it('offers choices by what they mean, and takes back with Ctrl+Z what a switch or a list did', async () => {
    const { editor, controller } = await openEditor();
    const tempo = () => controller.scene('dance').items.find(({ id }) => id === 'tempo');
    item(editor, 'Tempo').focus();
    await editor.updateComplete;
    const align = one<HTMLSelectElement>(editor, '#tempo-align');
    expect([...align.options].map(({ text }) => text)).toEqual(['Left', 'Middle', 'Right']);
    align.focus();
    await userEvent.selectOptions(align, 'Right');
    await eventually(() => expect(tempo()).toMatchObject({ settings: { align: 'right' } }));
    await userEvent.keyboard('{Control>}z{/Control}');
    await eventually(() => expect(tempo()).not.toHaveProperty('settings.align'));
    const before = tempo();
    const panel = one(editor, '#tempo-panel-field');
    panel.focus();
    await userEvent.keyboard(' ');
    await eventually(() => expect(tempo()).not.toEqual(before));
    await userEvent.keyboard('{Control>}z{/Control}');
    await eventually(() => expect(tempo()).toEqual(before));
  });

  it('shows widgets what will be read before anybody is live', async () => {
    const parts = recordedParts();
    const controller = new ScriptedController();
    const { editor } = await openEditor(controller);
    editor.metrics = [{ id: 'dance.intensity', title: 'Intensity', kind: 'gauge', range: [0, 100] }];
    editor.parts = parts;
    const title = () => parts.mounted.at(-1)?.moments.at(-1)?.metrics['dance.intensity']?.title;
    await eventually(() => expect(title()).toBe('Intensity'));
  });

  it('keeps the name of what lies at the upper edge of the canvas in sight', async () => {
    const { editor } = await openEditor();
    item(editor, 'Skeleton').focus();
    await editor.updateComplete;
    const name = one(editor, '.item[aria-pressed=true] .name');
    const { top } = name.getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(one(editor, '.board').getBoundingClientRect().top);
  });

  it('lists the metrics that somebody live declares where a widget shows one', async () => {
    const { editor, controller } = await openEditor();
    controller.state.next({
      metrics: [{ id: 'golf.tempo', title: 'Swing tempo', kind: 'gauge', range: [0, 5], unit: ':1' }],
    });
    item(editor, 'Score').focus();
    await editor.updateComplete;
    const choices = one<HTMLSelectElement>(editor, '.of-item select');
    expect([...choices.options].map(({ value }) => value)).toEqual([
      'stage.score',
      'stage.combo',
      'golf.tempo',
    ]);
    change(choices, 'golf.tempo');
    await eventually(() =>
      expect(controller.scene('dance').items.find(({ id }) => id === 'score')).toMatchObject({
        settings: { metric: 'golf.tempo' },
      }),
    );
  });

  it('turns the canvas upright with everything in sight', async () => {
    const { editor, controller } = await openEditor();
    one(editor, 'button', '9:16').click();
    await eventually(() => expect(controller.scene('dance').canvas).toEqual({ width: 1080, height: 1920 }));
    for (const { x, y, width, height } of controller.scene('dance').items) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(1080);
      expect(y + height).toBeLessThanOrEqual(1920);
    }
  });

  it('adds, renames, copies, shows and deletes scenes, and takes the deleting back', async () => {
    const { editor, controller } = await openEditor();
    const names = () => controller.stage.value.stage.scenes.map(({ name }) => name);
    one(editor, 'button', 'New scene').click();
    await eventually(() => expect(names()).toEqual(['Dance', 'Just the skeleton', 'Vertical', 'Scene']));
    one(editor, 'button', 'Rename').click();
    await eventually(() => expect(all(editor, '.rename')).toHaveLength(1));
    await userEvent.keyboard('Encore{Enter}');
    await eventually(() => expect(names().at(-1)).toBe('Encore'));
    one(editor, 'button', 'Duplicate').click();
    await eventually(() => expect(names().at(-1)).toBe('Encore copy'));
    one(editor, 'button', 'Show on stream').click();
    await eventually(() =>
      expect(controller.stage.value.stage.current).toBe(controller.stage.value.stage.scenes.at(-1)?.id),
    );
    const before = controller.stage.value.stage;
    one(editor, 'button', 'Delete this scene').click();
    await eventually(() => expect(names()).not.toContain('Encore copy'));
    expect(controller.stage.value.stage.current).not.toBe(before.current);
    one(editor, '.notice button', 'Undo').click();
    await eventually(() => expect(controller.stage.value.stage.scenes).toEqual(before.scenes));
  });

  it('keeps the keyboard with whoever renames a scene or adds a widget by it', async () => {
    const { editor, controller } = await openEditor();
    one(editor, 'button', 'Rename').focus();
    await userEvent.keyboard('{Enter}');
    await eventually(() => expect(all(editor, '.rename:focus')).toHaveLength(1));
    await userEvent.keyboard('Finale{Enter}');
    await eventually(() => expect(nameOf(one(editor, '.row:focus'))).toContain('Finale'));
    one(editor, 'details.add summary').focus();
    await userEvent.keyboard('{Enter}');
    one(editor, '.choices button', 'Timer').focus();
    await userEvent.keyboard('{Enter}');
    await eventually(() => expect(nameOf(one(editor, '.item:focus'))).toContain('Timer, '));
    const added = controller.scene('dance').items.at(-1);
    await userEvent.keyboard('{ArrowRight}');
    await untilPlaced(controller, added?.id ?? '', { x: (added?.x ?? 0) + 1 });
  });

  it('says that a file cannot be read', async () => {
    const { editor } = await openEditor();
    const gone = vi.spyOn(Blob.prototype, 'text').mockRejectedValueOnce(new DOMException('Gone'));
    onTestFinished(() => gone.mockRestore());
    const files = new DataTransfer();
    files.items.add(new File(['{}'], 'scene.json'));
    const field = one<HTMLInputElement>(editor, 'input[type=file]');
    field.files = files.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await eventually(() => expect(nameOf(one(editor, '.notice.fault'))).toContain('cannot read this file'));
  });

  it('takes a scene from a file, and says what is wrong with one that is none', async () => {
    const { editor, controller } = await openEditor();
    const field = one<HTMLInputElement>(editor, 'input[type=file]');
    const give = (text: string) => {
      const files = new DataTransfer();
      files.items.add(new File([text], 'scene.json', { type: 'application/json' }));
      field.files = files.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    };
    give('{"not": "a scene"}');
    await eventually(() => {
      const alert = one(editor, '.notice.fault');
      expect(alert.getAttribute('role')).toBe('alert');
      expect(nameOf(alert)).toContain('This file is no scene of Pose Coach');
    });
    expect(controller.stage.value.stage.scenes).toHaveLength(3);
    await expectAccessible(editor);
    const [dance] = defaultStage().scenes;
    if (!dance) throw new Error('The stage has no scene.');
    give(exportScene({ ...dance, name: 'From a friend' }));
    await eventually(() => expect(controller.stage.value.stage.scenes.at(-1)?.name).toBe('From a friend'));
    expect(nameOf(one(editor, '.row[aria-current=true]'))).toContain('From a friend');
  });

  it('copies the overlay’s address of a scene, or says why there is none', async () => {
    const { editor, controller } = await openEditor();
    controller.refusal = new PoseCoachError('CONNECTION_LOST', 'The server does not answer.');
    one(editor, 'button', 'Copy the overlay’s address').click();
    await eventually(() =>
      expect(nameOf(one(editor, '.notice.fault'))).toContain('The server does not answer.'),
    );
    one(editor, 'button', 'Copy the overlay’s address').click();
    // Whether this browser lets the page copy or not: the address is to be had.
    await eventually(() => expect(nameOf(one(editor, '.notice.done'))).toContain('address'));
    expect(controller.requests.at(-1)).toEqual({ method: 'overlay.link', params: { scene: 'dance' } });
  });

  it('says when somebody else was quicker, and shows theirs', async () => {
    const { editor, controller } = await openEditor();
    item(editor, 'Tempo').focus();
    controller.refusal = new PoseCoachError('STAGE_OUTDATED', 'Somebody else has changed this scene.');
    await userEvent.keyboard('{ArrowRight}');
    await eventually(() =>
      expect(nameOf(one(editor, '.notice.fault'))).toContain('Somebody else has changed this scene.'),
    );
    expect(nameOf(item(editor, 'Tempo'))).toContain('96 from the left');
  });

  it('says that it is not connected, and that changes are kept', async () => {
    const { editor, controller } = await openEditor();
    controller.status.next({ status: 'connecting' });
    await eventually(() => expect(nameOf(one(editor, '.saved'))).toBe('Not connected'));
    item(editor, 'Tempo').focus();
    await userEvent.keyboard('{ArrowRight}');
    await eventually(() => expect(nameOf(one(editor, '.saved'))).toBe('Not connected: kept here'));
    controller.status.next({ status: 'connected' });
    await untilPlaced(controller, 'tempo', { x: 97 });
    await eventually(() => expect(nameOf(one(editor, '.saved'))).toBe('Saved'));
  });

  it('paints nothing while it is hidden, and goes on when it is shown', async () => {
    const { editor } = await openEditor();
    await eventually(() => expect(all(editor, '.picture canvas').length).toBeGreaterThan(0));
    editor.hidden = true;
    await eventually(() => expect(all(editor, '.picture canvas')).toHaveLength(0));
    editor.hidden = false;
    await eventually(() => expect(all(editor, '.picture canvas').length).toBeGreaterThan(0));
  });

  it('lets go of everything when it leaves the page, and is there again when it comes back', async () => {
    const { editor, controller } = await openEditor();
    const watched = () =>
      [controller.stage, controller.status, controller.state, controller.source].map((each) => each.observed);
    expect(watched()).toEqual([true, true, true, true]);
    editor.remove();
    expect(watched()).toEqual([false, false, false, false]);
    document.body.append(editor);
    await eventually(() => expect(all(editor, '.item')).toHaveLength(8));
  });

  it('says why a widget stays empty', async () => {
    const { editor } = await openEditor();
    const manifest = {
      name: 'broken-widgets',
      version: '1.0.0',
      poseCoach: {
        ...{ apiVersion: 1, prefix: 'broken', overlay: './overlay.js' },
        contributes: {
          overlayWidgets: [{ id: 'broken.box', title: 'Box', size: { width: 300, height: 150 } }],
        },
      },
    };
    const module: OverlayModule = {
      activateOverlay({ widgets }) {
        // A part where a factory is wanted, as it happens to whoever begins.
        widgets.register('broken.box', { paint() {} } as never);
      },
    };
    const parts = createOverlayParts({ sources: [{ manifest, module }] });
    onTestFinished(() => parts.dispose());
    editor.parts = parts;
    await eventually(() => expect(all(editor, '.notice.fault')).toHaveLength(1));
    const place = document.createElement('div');
    document.body.append(place);
    const part = parts.mount('widget', 'broken.box', place);
    onTestFinished(() => part.dispose());
    await eventually(() => expect(one(editor, '.notice.fault').textContent).toContain('broken.box'));
  });
});
