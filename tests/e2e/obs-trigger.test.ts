import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { classify, coach, systemClock } from '@pose-coach/core';
import { controlStage, type LivePublisher, publishPoses, type StageController } from '@pose-coach/core/live';
import { playRecording, readRecording } from '@pose-coach/core/session';
import type { Trigger } from '@pose-coach/core/stage';
import { dance } from '@pose-coach/extension-dance';
import { filter, firstValueFrom, type Subscription } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOverlayServer, type OverlayServer } from '../../packages/overlay-server/src/index.ts';
import { hasObs, NO_OBS, OBS_PASSWORD, type RealObs, startObs } from '../obs/real-obs.ts';
import { TEST_TOKEN } from './overlay-server-process.ts';

const SAMPLE = new URL('../../packages/elements/assets/sample-dance.poses', import.meta.url);

/** Somebody dances, for half a second: then the finale is on air, and it is recorded. */
const FINALE: Trigger = {
  id: 'finale',
  name: 'Finale when it gets going',
  enabled: true,
  when: [{ metric: 'dance.intensity', when: { above: 10 }, for: 0.5 }],
  actions: [
    { do: 'obs-scene', scene: 'Finale' },
    { do: 'obs-record', to: 'start' },
  ],
  coolDown: 60,
};

describe('a trigger in front of real OBS', () => {
  let obs: RealObs;
  let server: OverlayServer;
  let controller: StageController;
  let publisher: LivePublisher;
  let playing: Subscription | undefined;

  const sceneOnAir = async () => (await obs.ask('GetSceneList')).currentProgramSceneName;

  /** Dances from the recording, as a studio does: frames, and what is read of them. */
  function dancing(): Subscription {
    const recording = readRecording(readFileSync(SAMPLE));
    if (!recording.ok) throw recording.error;
    const analysis = dance();
    return playRecording(recording.value, { loop: true, clock: systemClock })
      .pipe(classify(analysis), coach(analysis.rules))
      .subscribe(({ frame, readings, cues }) => {
        publisher.send(frame);
        publisher.tell(readings, cues);
      });
  }

  beforeAll(async () => {
    if (!hasObs()) return;
    obs = await startObs();
    server = createOverlayServer({
      port: 0,
      token: TEST_TOKEN,
      obs: { address: obs.address, password: OBS_PASSWORD },
    });
    const { server: url } = await server.listen();
    controller = controlStage({ url, token: TEST_TOKEN });
    publisher = publishPoses({ url, token: TEST_TOKEN });
    await firstValueFrom(controller.obs.pipe(filter(({ status }) => status === 'connected')));
  });

  beforeEach((context) => {
    if (!hasObs()) context.skip(NO_OBS);
  });

  afterAll(async () => {
    playing?.unsubscribe();
    publisher?.dispose();
    controller?.dispose();
    await server?.close();
    await obs?.close();
  });

  it('switches the scene and records when somebody dances in a replayed recording, and not before', async () => {
    const { steps } = await controller.request('obs.setup', { scene: 'Finale' });
    expect(steps[0]).toEqual({ what: 'Scene “Finale”', outcome: 'created' });
    const { stage, revision } = await firstValueFrom(controller.stage);
    const scene = stage.scenes.find(({ id }) => id === stage.current);
    if (!scene) throw new Error('The stage has no current scene.');
    await controller.request('stage.change', {
      change: { scenes: [{ ...scene, triggers: [FINALE] }] },
      base: revision,
    });
    const { outcomes } = await controller.request('trigger.test', {
      scene: scene.id,
      trigger: FINALE.id,
      dry: true,
    });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await sceneOnAir()).toBe('Scene');

    const fired = firstValueFrom(controller.fired);
    const recording = firstValueFrom(
      controller.obs.pipe(
        filter((status) => status.status === 'connected' && status.scene === 'Finale' && status.recording),
      ),
    );
    playing = dancing();
    const { outcomes: done } = await fired;
    expect(done.map(({ ok, message }) => [ok, message])).toEqual([
      [true, 'Done: switch OBS to the scene “Finale”.'],
      [true, 'Done: start recording in OBS.'],
    ]);
    await recording;
    expect(await sceneOnAir()).toBe('Finale');
    const { file = '' } = await controller.request('obs.record', { to: 'stop' });
    expect(existsSync(file)).toBe(true);
    expect(readdirSync(obs.recordings)).toHaveLength(1);
  });
});
