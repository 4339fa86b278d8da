import { describe, expect, it } from 'vitest';
import { choosePlan, missingFor, nextPlan, threadsFor } from './plan.ts';
import type { Surroundings } from './surroundings.ts';

const CARD = { adapter: 'hardware', name: 'acme anvil' } as const;
const SOFTWARE = { adapter: 'software', name: 'google swiftshader' } as const;
const NONE = { adapter: 'none', name: 'This browser has no WebGPU.' } as const;
const NO_ADAPTER = {
  adapter: 'none',
  name: 'This browser has WebGPU but no graphics adapter for it.',
} as const;

const ISOLATED: Surroundings = { simd: true, cores: 8, isolated: true, webgpu: NONE };

const plan = (
  options: Partial<Parameters<typeof choosePlan>[0]>,
  surroundings: Partial<Surroundings> = {},
  thread: 'worker' | 'main' = 'worker',
  shareable = true,
) =>
  choosePlan(
    { backend: 'auto', threads: undefined, ...options },
    { ...ISOLATED, ...surroundings },
    thread,
    shareable,
  );

describe('the plan of an engine', () => {
  it('is a graphics card where there is one', () => {
    expect(plan({}, { webgpu: CARD })).toMatchObject({
      backend: 'webgpu',
      why: 'WebGPU, because there is a graphics card (acme anvil).',
    });
  });

  it.each([
    [SOFTWARE, 'because WebGPU would be calculated in software here (google swiftshader).'],
    [NONE, 'because WebGPU is not to be had here: This browser has no WebGPU.'],
    [
      NO_ADAPTER,
      'because WebGPU is not to be had here: This browser has WebGPU but no graphics adapter for it.',
    ],
  ])('is WebAssembly otherwise, and says why', (webgpu, reason) => {
    expect(plan({}, { webgpu })).toEqual({
      backend: 'wasm',
      threads: 4,
      why: `WebAssembly with 4 threads, ${reason}`,
    });
  });

  it('is what was asked for', () => {
    expect(plan({ backend: 'wasm' }, { webgpu: CARD }).why).toBe('WebAssembly with 4 threads, as asked for.');
    expect(plan({ backend: 'webgpu' }, { webgpu: SOFTWARE })).toMatchObject({
      backend: 'webgpu',
      why: 'WebGPU (google swiftshader), as asked for.',
    });
    expect(plan({ backend: 'wasm', threads: 7 }).threads).toBe(7);
  });

  it.each([
    ['webgpu', /"webgpu" is not to be had here: This browser has no WebGPU\. Leave "backend" out/],
    ['native', /"native" is for Node/],
  ] as const)('is an error when %s is asked for and is not to be had', (backend, message) => {
    expect(() => plan({ backend })).toThrow(message);
    expect(() => plan({ backend })).toThrow(expect.objectContaining({ code: 'ENGINE_UNSUPPORTED' }));
  });

  it.each([
    ['the page is not isolated', { isolated: false }, 'worker', true, /cross-origin isolated\.$/],
    ['it runs on the page itself', {}, 'main', true, /On the page itself there is one\.$/],
    ['threads could not be started', {}, 'worker', false, /page’s own origin where "workerUrl" is set\.$/],
    ['there is one core', { cores: 1 }, 'worker', true, /There is one core\.$/],
  ] as const)('has one thread when %s', (_, surroundings, thread, shareable, reason) => {
    const { threads, why } = plan({}, surroundings, thread, shareable);
    expect(threads).toBe(1);
    expect(why).toMatch(/^WebAssembly with one thread, /);
    expect(why).toMatch(reason);
  });

  it('takes both cores where there are two', () => {
    expect(plan({}, { cores: 2 }).threads).toBe(2);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
  ])('gives of %i threads %i to the hands', (threads, hands) => {
    const whole = plan({ backend: 'wasm', threads });
    expect([threadsFor(whole, 'body'), threadsFor(whole, 'hands')]).toEqual([threads, hands]);
  });

  it('goes down step by step when it cannot be carried out', () => {
    const webgpu = plan({}, { webgpu: CARD });
    const wasm = plan({ backend: 'wasm' });
    const second = nextPlan(webgpu, wasm);
    expect(second).toMatchObject({ backend: 'wasm', threads: 4 });
    expect(second?.why).toMatch(/did not start on WebGPU/);
    const third = second && nextPlan(second, wasm);
    expect(third).toMatchObject({ backend: 'wasm', threads: 1 });
    expect(third && nextPlan(third, wasm)).toBeUndefined();
  });

  it('cannot do without SIMD', () => {
    expect(missingFor(ISOLATED)).toBeUndefined();
    expect(missingFor({ ...ISOLATED, simd: false })).toMatch(/SIMD.*Chrome 91/);
  });
});
