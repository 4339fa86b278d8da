import { describe, expect, it } from 'vitest';
import { PoseCoachError } from '../../base/index.ts';
import { extensionError } from './index.ts';

describe('the error for what an extension did wrong', () => {
  it('names who, what and why, and to whom to turn', () => {
    expect(extensionError('hello', 'analyzer hello.arms', new TypeError('arm is undefined')).message).toBe(
      "hello failed in its analyzer hello.arms: arm is undefined. Report it to the extension's author.",
    );
  });

  it('gives that advice once, however deep it came from', () => {
    const inner = extensionError('dance', 'command dance.tap', 'no beat', 'COMMAND_FAILED');
    const outer = extensionError('hello', 'command hello.tap', inner, 'COMMAND_FAILED');
    expect(outer.message).toBe(
      "hello could not finish its command hello.tap: dance failed in its command dance.tap: no beat. Report it to the extension's author.",
    );
    expect(outer).toMatchObject({ code: 'COMMAND_FAILED', cause: inner });
  });

  it('calls a refusal no failure, and sends nobody to the author for it', () => {
    const refused = new PoseCoachError('PERMISSION_DENIED', 'Journal may not keep data.');
    const inner = extensionError('journal', 'command journal.save', refused, 'COMMAND_FAILED');
    expect(inner.message).toBe(
      'journal could not finish its command journal.save: Journal may not keep data.',
    );
    const outer = extensionError('hello', 'command hello.save', inner, 'COMMAND_FAILED');
    expect(outer.message).not.toMatch(/fail|author/);
  });

  it('sends nobody to the author of a command that was given what it cannot use, whoever’s class says so', () => {
    const said = 'A tempo is a number from 30 to 300.';
    const bundled = Object.assign(new Error(said), { code: 'OPTION_INVALID' });
    for (const thrown of [bundled, new PoseCoachError('OPTION_INVALID', said)]) {
      const error = extensionError('Dance', 'command dance.setTempo', thrown, 'COMMAND_FAILED');
      expect(error.message).toBe(`Dance could not finish its command dance.setTempo: ${said}`);
      expect(error).toMatchObject({ code: 'COMMAND_FAILED', cause: thrown });
    }
  });

  it('leaves it at what an error of ours advises', () => {
    const ours = new PoseCoachError('MANIFEST_INVALID', 'hello.x is not declared: add it.');
    expect(extensionError('hello', 'function activate', ours).message).toBe(
      'hello failed in its function activate: hello.x is not declared: add it.',
    );
  });
});
