import { describe, expect, it } from 'vitest';
import { PoseCoachError } from '../../base/index.ts';
import { type ExtensionManifest, readManifest } from '../manifest/index.ts';
import { activationOrder } from './index.ts';

/** Extensions by name, with what they depend on. */
function extensions(dependencies: Readonly<Record<string, readonly string[]>>): readonly ExtensionManifest[] {
  return Object.entries(dependencies).map(([name, needs]) => {
    const report = readManifest({
      name,
      version: '1.0.0',
      poseCoach: { apiVersion: 1, prefix: name, dependencies: needs },
    });
    if (!report.ok) throw new Error(report.faults.map(({ message }) => message).join(' '));
    return report.manifest;
  });
}

function failure(manifests: readonly ExtensionManifest[], id: string): PoseCoachError {
  try {
    activationOrder(manifests, id);
  } catch (thrown) {
    if (thrown instanceof PoseCoachError) return thrown;
  }
  throw new Error('It did not fail as it should.');
}

describe('activationOrder', () => {
  it('is the extension alone when it depends on nothing', () => {
    expect(activationOrder(extensions({ a: [], b: ['a'] }), 'a')).toEqual(['a']);
  });

  it('puts dependencies first, each once, side by side as the manifest has them', () => {
    const manifests = extensions({
      top: ['left', 'right'],
      left: ['base'],
      right: ['base'],
      base: [],
      other: [],
    });
    expect(activationOrder(manifests, 'top')).toEqual(['base', 'left', 'right', 'top']);
  });

  it('refuses a cycle and names it, without those that only lead to it', () => {
    const error = failure(extensions({ start: ['a'], a: ['b'], b: ['a'] }), 'start');
    expect(error.code).toBe('MANIFEST_INVALID');
    expect(error.message).toContain(': a → b → a.');
  });

  it('names a dependency that is missing and who needs it', () => {
    const error = failure(extensions({ a: ['b'], b: ['gone'] }), 'a');
    expect(error.code).toBe('EXTENSION_NOT_FOUND');
    expect(error.message).toContain('b needs the extension gone');
  });

  it('says so when the extension itself is not there', () => {
    expect(failure([], 'nobody').code).toBe('EXTENSION_NOT_FOUND');
  });

  it('is quick where many depend on the same', () => {
    // Each of 40 layers of two needs both of the layer below: 2^40 paths lead down.
    const layers = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => {
        const below = Math.floor(index / 2) - 1;
        return [`e${index}`, below < 0 ? [] : [`e${below * 2}`, `e${below * 2 + 1}`]];
      }),
    );
    expect(activationOrder(extensions(layers), 'e79')).toHaveLength(79);
  });
});
