import { type OBSRequestTypes, OBSWebSocket } from 'obs-websocket-js/json';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasObs, NO_OBS, type RealObs, startObs } from '../obs/real-obs.ts';
import { type RecordedObs, startRecordedObs } from '../obs/recorded-obs.ts';

/** A request, and of an item of a scene its number, which each OBS gives as it likes. */
type Asked = readonly [request: keyof OBSRequestTypes, data?: Readonly<Record<string, unknown>>];

const SCENE = { sceneName: 'Dance' };
const IMAGE = { inputName: 'Picture' };
const ITEM = { ...SCENE, sceneItemId: 'its own' };

/** Everything that setting up asks for, with the kind of source that both have, and what goes wrong with each. */
const CONVERSATION: readonly Asked[] = [
  ['GetSceneList'],
  ['CreateScene', SCENE],
  ['CreateScene', SCENE],
  ['CreateInput', { ...SCENE, ...IMAGE, inputKind: 'no_such_kind', inputSettings: {} }],
  ['CreateInput', { sceneName: 'Nowhere', ...IMAGE, inputKind: 'image_source', inputSettings: {} }],
  ['CreateInput', { ...SCENE, ...IMAGE, inputKind: 'image_source', inputSettings: { file: '/a.png' } }],
  ['CreateInput', { ...SCENE, ...IMAGE, inputKind: 'image_source', inputSettings: {} }],
  ['GetInputList', { inputKind: 'image_source' }],
  ['GetInputList', { inputKind: 'slideshow' }],
  ['GetInputSettings', IMAGE],
  ['GetInputSettings', { inputName: 'Nothing' }],
  ['SetInputSettings', { ...IMAGE, inputSettings: { unload: true }, overlay: true }],
  ['GetInputSettings', IMAGE],
  ['SetInputSettings', { inputName: 'Nothing', inputSettings: { unload: true }, overlay: true }],
  ['GetSceneItemId', { ...SCENE, sourceName: 'Picture' }],
  ['GetSceneItemId', { ...SCENE, sourceName: 'Nothing' }],
  ['GetSceneItemEnabled', ITEM],
  ['SetSceneItemEnabled', { ...ITEM, sceneItemEnabled: false }],
  ['GetSceneItemEnabled', ITEM],
  ['SetSceneItemTransform', { ...ITEM, sceneItemTransform: { positionX: 12, rotation: 90, cropLeft: 3 } }],
  ['GetSceneItemList', SCENE],
  ['GetSceneItemList', { sceneName: 'Nowhere' }],
  ['CreateSceneItem', { sceneName: 'Nowhere', sourceName: 'Picture' }],
  ['CreateSceneItem', { ...SCENE, sourceName: 'Nothing' }],
  ['PressInputPropertiesButton', { ...IMAGE, propertyName: 'no_such_button' }],
  ['SetCurrentProgramScene', { sceneName: 'Nowhere' }],
  ['SetCurrentProgramScene', SCENE],
  ['GetSceneList'],
];

/** Keys whose values each OBS has of its own: numbers it gives out, defaults, the size of what it shows. */
const OWN = new Set(['sceneItemId', 'sourceWidth', 'sourceHeight', 'width', 'height']);

describe('the peer that stands in for OBS', () => {
  let real: RealObs;
  let peer: RecordedObs;

  beforeAll(async () => {
    peer = await startRecordedObs({ password: 'secret' });
    if (hasObs()) real = await startObs();
  });

  beforeEach((context) => {
    if (!hasObs()) context.skip(NO_OBS);
  });

  afterAll(async () => {
    await peer.close();
    await real?.close();
  });

  it('answers as the real one does, yes and no alike', async () => {
    const [its, ours] = [await converse(real.address, real.password), await converse(peer.address, 'secret')];
    for (const [index, [request, data]] of CONVERSATION.entries()) {
      expect({ request, data, answer: ours[index] }).toEqual({
        request,
        data,
        answer: subset(its[index], ours[index]),
      });
    }
  });
});

/** Holds the conversation; per request the answer without what is an OBS's own, or the code of its refusal. */
async function converse(address: string, password: string): Promise<unknown[]> {
  const socket = new OBSWebSocket();
  await socket.connect(address, password);
  let item: unknown;
  const answers: unknown[] = [];
  for (const [request, data] of CONVERSATION) {
    const own = data && 'sceneItemId' in data ? { ...data, sceneItemId: item } : data;
    try {
      const answer: unknown = await socket.call(request, own as never);
      if (typeof answer === 'object' && answer !== null && 'sceneItemId' in answer) item = answer.sceneItemId;
      answers.push(general(answer ?? {}));
    } catch (error) {
      answers.push((error as { code: number }).code);
    }
  }
  await socket.disconnect();
  return answers;
}

/** An answer without what is an OBS's own. */
function general(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(general);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key, OWN.has(key) ? 'its own' : general(value)]),
  );
}

/** Of what the real one answers, what the peer answers too: it need not know everything. */
function subset(real: unknown, peer: unknown): unknown {
  if (Array.isArray(real) && Array.isArray(peer)) return real.map((each, index) => subset(each, peer[index]));
  if (typeof real !== 'object' || typeof peer !== 'object' || real === null || peer === null) return real;
  return Object.fromEntries(
    Object.entries(real)
      .filter(([key]) => key in peer)
      .map(([key, value]) => [key, subset(value, (peer as Record<string, unknown>)[key])]),
  );
}
