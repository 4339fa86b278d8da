import { describe, expect, it } from 'vitest';
import { frameAt, managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
import { ScriptedHost } from './scripted-host.test-support.ts';

describe('an extension from a package', () => {
  it('is listed before any of its code runs, and active with the first frame', async () => {
    const { extensions, clock } = managed();
    const id = await extensions.add(packageOf('hello'));
    expect(id).toBe('hello');
    expect(extensions.list).toMatchObject([{ id: 'hello', state: 'registered', trust: 'trusted' }]);
    expect(extensions.contributions('metrics')).toMatchObject([{ extension: 'hello' }]);
    extensions.step(frameAt(0));
    await settle();
    expect(extensions.list[0]).toMatchObject({ state: 'active', granted: ['poses'], activationTime: 0 });
    const { readings, frame } = extensions.step(frameAt(1));
    expect(frame.sequence).toBe(1);
    expect(readings).toMatchObject([{ metric: 'hello.frames', value: 1 }]);
    expect(extensions.metrics.latest('hello.frames')).toEqual(readings);
    extensions.dispose();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it('sees every frame when they are analyzed, the first included, and sums them up', async () => {
    const { extensions } = managed();
    await extensions.add(packageOf('hello'));
    const values: unknown[] = [];
    for (let index = 0; index < 5; index += 1)
      values.push((await extensions.analyze(frameAt(index))).readings[0]?.value);
    expect(values).toEqual([1, 2, 3, 4, 5]);
    expect(await extensions.finish()).toEqual({ 'hello.count': { readings: [], details: { frames: 5 } } });
    extensions.dispose();
  });

  it('has no end of its take while a frame is on its way', async () => {
    const host = new ScriptedHost();
    const { extensions } = managed({ inlineHost: host });
    await extensions.add(packageOf('slow'));
    const underWay = extensions.analyze(frameAt(0));
    await settle();
    await expect(extensions.finish()).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    host.answer();
    await underWay;
    expect(await extensions.finish()).toEqual({});
    extensions.dispose();
  });

  it('is listed with its faults when its manifest is faulty, and runs nothing', async () => {
    const { extensions } = managed();
    const id = await extensions.add(
      packageOf('hello', undefined, { manifest: manifestOf('hello', { apiVersion: 7 }) }),
    );
    expect(id).toBe('hello');
    const [status] = extensions.list;
    expect(status).toMatchObject({
      state: 'failed',
      enabled: false,
      lastError: { code: 'MANIFEST_INVALID' },
    });
    expect(status?.faults).toMatchObject([{ path: '/poseCoach/apiVersion' }]);
    extensions.dispose();
  });
});

describe("hosts of one's own", () => {
  it('are disposed with the extensions, also those that nobody needed', async () => {
    const [inlineHost, isolatedHost] = [new ScriptedHost(), new ScriptedHost()];
    const { extensions } = managed({ inlineHost, isolatedHost });
    extensions.dispose();
    await settle();
    expect([inlineHost.disposed, isolatedHost.disposed]).toEqual([1, 1]);
  });
});
