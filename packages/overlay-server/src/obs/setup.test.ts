import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RecordedObs, startRecordedObs } from '../../../../tests/obs/recorded-obs.ts';
import { createObsControl } from './create-obs-control.ts';
import type { ObsControl } from './obs-control.ts';

const LINK = 'http://127.0.0.1:8787/overlay?channel=main&key=abc';

let obs: RecordedObs;
let control: ObsControl;

beforeEach(async () => {
  obs = await startRecordedObs({ password: 'secret' });
  control = createObsControl({
    overlayLink: (scene) => (scene === undefined ? LINK : `${LINK}&scene=${scene}`),
    sceneName: (scene) => (scene === 'v1' ? 'Vertical' : undefined),
  });
  await control.methods['obs.connect']({ address: obs.address, password: 'secret', remember: false });
  obs.taken();
});

afterEach(async () => {
  await control.dispose();
  await obs.close();
});

/** What is asked of OBS to make a browser source, by obs-websocket's and obs-browser's names. */
const SETTINGS = {
  is_local_file: false,
  url: LINK,
  width: 1920,
  height: 1080,
  fps_custom: true,
  fps: 60,
  shutdown: false,
  restart_when_active: false,
  css: '',
};

const WHOLE_CANVAS = {
  positionX: 0,
  positionY: 0,
  rotation: 0,
  scaleX: 1,
  scaleY: 1,
  alignment: 5,
  boundsType: 'OBS_BOUNDS_NONE',
  cropLeft: 0,
  cropRight: 0,
  cropTop: 0,
  cropBottom: 0,
};

describe('setting OBS up', () => {
  it('makes scene and browser source by exactly these requests', async () => {
    const { steps } = await control.methods['obs.setup']({ scene: 'Dance' });
    expect(obs.changes()).toEqual([
      { requestType: 'CreateScene', requestData: { sceneName: 'Dance' } },
      {
        requestType: 'CreateInput',
        requestData: {
          sceneName: 'Dance',
          inputName: 'Pose Coach',
          inputKind: 'browser_source',
          inputSettings: SETTINGS,
          sceneItemEnabled: true,
        },
      },
      {
        requestType: 'SetSceneItemTransform',
        requestData: { sceneName: 'Dance', sceneItemId: 1, sceneItemTransform: WHOLE_CANVAS },
      },
    ]);
    expect(steps).toEqual([
      { what: 'Scene “Dance”', outcome: 'created' },
      { what: 'Browser source “Pose Coach”', outcome: 'created' },
      { what: '“Pose Coach” in scene “Dance”', outcome: 'created' },
    ]);
    expect(control.status).toMatchObject({ overlays: ['Pose Coach'], scenes: ['Scene', 'Dance'] });
  });

  it('changes nothing the second time', async () => {
    await control.methods['obs.setup']({ scene: 'Dance' });
    obs.taken();
    const { steps } = await control.methods['obs.setup']({ scene: 'Dance' });
    expect(obs.changes()).toEqual([]);
    expect(steps.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  it('makes one source when it is asked for twice at once', async () => {
    await Promise.all([control.methods['obs.setup']({}), control.methods['obs.setup']({})]);
    expect(obs.changes().map(({ requestType }) => requestType)).toEqual([
      'CreateInput',
      'SetSceneItemTransform',
    ]);
    expect(obs.scenes.scenes.get('Scene')).toHaveLength(1);
  });

  it('repairs what was changed, and only that', async () => {
    await control.methods['obs.setup']({});
    obs.taken();
    const item = obs.scenes.item('Scene', 'Pose Coach');
    if (!item) throw new Error('It was not set up.');
    item.enabled = false;
    item.transform.positionX = 300;
    const input = obs.scenes.inputs.get('Pose Coach');
    if (!input) throw new Error('It was not set up.');
    input.settings = { ...input.settings, url: `${LINK}old`, width: 800 };
    const { steps } = await control.methods['obs.setup']({});
    expect(obs.changes()).toEqual([
      {
        requestType: 'SetInputSettings',
        requestData: {
          inputName: 'Pose Coach',
          inputSettings: { url: LINK, width: 1920 },
          overlay: true,
        },
      },
      {
        requestType: 'SetSceneItemTransform',
        requestData: { sceneName: 'Scene', sceneItemId: 1, sceneItemTransform: WHOLE_CANVAS },
      },
      {
        requestType: 'SetSceneItemEnabled',
        requestData: { sceneName: 'Scene', sceneItemId: 1, sceneItemEnabled: true },
      },
    ]);
    expect(steps.slice(1)).toEqual([
      { what: 'Browser source “Pose Coach”', outcome: 'updated', detail: 'Set: address, size.' },
      {
        what: '“Pose Coach” in scene “Scene”',
        outcome: 'updated',
        detail: 'fills the canvas again, shown again.',
      },
    ]);
  });

  it('takes OBS’s 32-bit numbers for what they stand for', async () => {
    await control.methods['obs.setup']({});
    const item = obs.scenes.item('Scene', 'Pose Coach');
    if (item) Object.assign(item.transform, { scaleX: Math.fround(0.99999994), positionY: -1e-6 });
    obs.taken();
    await control.methods['obs.setup']({});
    expect(obs.changes()).toEqual([]);
  });

  it('puts a source that is there into another scene, without making it again', async () => {
    await control.methods['obs.setup']({});
    obs.taken();
    await control.methods['obs.setup']({ scene: 'Finale' });
    expect(obs.changes().map(({ requestType }) => requestType)).toEqual([
      'CreateScene',
      'CreateSceneItem',
      'SetSceneItemTransform',
    ]);
  });

  it('makes a source of its own for a scene of the stage', async () => {
    await control.methods['obs.setup']({});
    await control.methods['obs.setup']({ stageScene: 'v1' });
    expect(obs.scenes.inputs.get('Pose Coach: Vertical')?.settings).toMatchObject({
      url: `${LINK}&scene=v1`,
    });
    expect(control.status).toMatchObject({ overlays: ['Pose Coach', 'Pose Coach: Vertical'] });
  });

  it('knows its source by what it shows when it was renamed in OBS', async () => {
    await control.methods['obs.setup']({});
    const input = obs.scenes.inputs.get('Pose Coach');
    if (!input) throw new Error('It was not set up.');
    obs.scenes.inputs.delete('Pose Coach');
    obs.scenes.inputs.set('My dancer', input);
    obs.scenes.scenes.set('Scene', []);
    obs.scenes.add('Scene', 'My dancer');
    obs.taken();
    const { steps } = await control.methods['obs.setup']({});
    expect(obs.changes()).toEqual([]);
    expect(steps[1]).toEqual({ what: 'Browser source “My dancer”', outcome: 'unchanged' });
  });

  it('leaves a source of another kind alone that has its name', async () => {
    obs.scenes.inputs.set('Pose Coach', { kind: 'image_source', settings: {} });
    const { steps } = await control.methods['obs.setup']({});
    expect(obs.changes()).toEqual([]);
    expect(steps[1]).toMatchObject({ outcome: 'impossible', detail: expect.stringContaining('rename it') });
  });

  it('says what to do instead where OBS has no browser source', async () => {
    obs.answer('GetInputKindList', { data: { inputKinds: ['image_source'] } });
    await control.methods['obs.connect']({ address: obs.address, password: 'secret', remember: false });
    const { steps } = await control.methods['obs.setup']({});
    expect(steps[1]).toMatchObject({
      outcome: 'impossible',
      detail: expect.stringContaining('Window Capture'),
    });
  });

  it.each([
    [30, 1, 30],
    [60_000, 1001, 60],
    [144, 1, 60],
    [24_000, 1001, 24],
  ])('asks for a frame rate that OBS and its browser make: %d ÷ %d', async (numerator, denominator, rate) => {
    const video = { baseWidth: 1080, baseHeight: 1920, outputWidth: 1080, outputHeight: 1920 };
    obs.answer('GetVideoSettings', {
      data: { ...video, fpsNumerator: numerator, fpsDenominator: denominator },
    });
    await control.methods['obs.setup']({});
    expect(obs.scenes.inputs.get('Pose Coach')?.settings).toMatchObject({
      width: 1080,
      height: 1920,
      fps: rate,
    });
  });
});

describe('the overlay in OBS', () => {
  beforeEach(async () => {
    // Somebody else's, and those of another server and of another channel.
    const others = [
      'https://chat.example/',
      LINK.replace('8787', '8788'),
      LINK.replace('channel=main', 'channel=second'),
    ];
    for (const [index, url] of others.entries()) {
      obs.scenes.inputs.set(`Other ${index}`, { kind: 'browser_source', settings: { url } });
      obs.scenes.add('Scene', `Other ${index}`);
    }
    await control.methods['obs.setup']({});
    obs.taken();
  });

  it('is hidden and shown, also within a group, and nothing else is', async () => {
    obs.scenes.groups.add('Corner');
    obs.scenes.add('Scene', 'Corner');
    const inGroup = obs.scenes.add('Corner', 'Pose Coach');
    const onTop = obs.scenes.item('Scene', 'Pose Coach');
    await control.methods['obs.show']({ visible: false });
    expect(obs.changes()).toEqual([
      {
        requestType: 'SetSceneItemEnabled',
        requestData: { sceneName: 'Scene', sceneItemId: onTop?.id, sceneItemEnabled: false },
      },
      {
        requestType: 'SetSceneItemEnabled',
        requestData: { sceneName: 'Corner', sceneItemId: inGroup.id, sceneItemEnabled: false },
      },
    ]);
    await control.methods['obs.show']({ visible: true });
    expect(onTop?.enabled).toBe(true);
    expect(inGroup.enabled).toBe(true);
  });

  it('is reloaded by the button of its properties', async () => {
    await control.methods['obs.refresh']({});
    expect(obs.changes()).toEqual([
      {
        requestType: 'PressInputPropertiesButton',
        requestData: { inputName: 'Pose Coach', propertyName: 'refreshnocache' },
      },
    ]);
  });

  it('is missed with words in a scene that has none', async () => {
    await control.methods['obs.setup']({ scene: 'Finale' });
    obs.scenes.scenes.set('Empty', []);
    await control.methods['obs.scene']({ scene: 'Empty' });
    await expect(control.methods['obs.show']({ visible: true })).rejects.toMatchObject({
      code: 'OBS_FAILED',
      message: expect.stringContaining('“Empty”'),
    });
  });
});
