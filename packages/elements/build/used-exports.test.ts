import { describe, expect, it } from 'vitest';
import { keepUsed, names } from './used-exports.ts';

describe('keeping of an entry what is used', () => {
  it('drops the lines that pass on nothing of it, and nothing else', () => {
    const entry = [
      "export { Feedback, coach } from './chunk-A.js';",
      "import { jointAngles } from './chunk-B.js';",
      "export { jointAngles, cross } from './chunk-B.js';",
      'function createCoach() {}',
      'export { createCoach };',
    ].join('\n');
    expect(keepUsed(entry, new Set(['jointAngles', 'createCoach']))).toBe(
      [
        '',
        "import { jointAngles } from './chunk-B.js';",
        "export { jointAngles, cross } from './chunk-B.js';",
        'function createCoach() {}',
        'export { createCoach };',
      ].join('\n'),
    );
  });

  it('knows names on many lines, renamed ones and types', () => {
    expect(names('\n  type Coach,\n  createCoach,\n  a as systemClock,\n')).toEqual([
      'createCoach',
      'systemClock',
    ]);
  });
});
