import { ID_SCHEMA } from '../identifiers.ts';
import type { KeybindingDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries, listSchema } from './contribution-point.ts';

/** Keys that have a name; every other is the character that it writes without shift. */
const NAMED_KEYS =
  'space|enter|escape|tab|backspace|delete|insert|home|end|pageup|pagedown|arrowup|arrowdown|arrowleft|arrowright|plus|f[1-9]|f1[0-2]';

/** Keys that run commands, of any extension. */
export const keybindings: ContributionPoint<'keybindings'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['command', 'key'],
      additionalProperties: false,
      properties: {
        command: {
          ...ID_SCHEMA,
          title: 'Command',
          description: 'The id of the command to run; it may be another extension’s.',
          expected: 'the id of a command, such as dance.tapTempo',
        },
        key: {
          type: 'string',
          maxLength: 40,
          pattern: `^(ctrl\\+)?(alt\\+)?(shift\\+)?(meta\\+)?([a-z0-9,./;'\\[\\]\\\\=\`-]|${NAMED_KEYS})$`,
          title: 'Key',
          description: 'Lower case; modifiers in this order: ctrl, alt, shift, meta.',
          examples: ['t', 'shift+t', 'ctrl+alt+1', 'space'],
          expected:
            'a key such as t, space or f2, with modifiers before it in the order ctrl+alt+shift+meta+',
        },
        values: {
          type: 'array',
          maxItems: 20,
          title: 'Values',
          description: 'What the command is given.',
        },
      },
    },
    { title: 'Keybindings', description: 'Keys that run commands.' },
  ),
  entries: listEntries,
  read: (value) => value as unknown as KeybindingDeclaration,
  check(keybinding, path, { findings, prefix, declares, contributes }) {
    if (keybinding.command.startsWith(`${prefix}.`) && !declares('commands', keybinding.command)) {
      const place = `${path}/command`;
      findings.fault(
        place,
        'a command that is declared in /poseCoach/contributes/commands',
        `${place}: ${keybinding.command} is not declared: add it to /poseCoach/contributes/commands.`,
      );
    }
    const first = contributes.keybindings.find(({ key }) => key === keybinding.key);
    if (first !== keybinding) {
      const place = `${path}/key`;
      findings.fault(
        place,
        'a key that is not bound yet',
        `${place}: ${keybinding.key} is bound to ${first?.command} already.`,
      );
    }
  },
};
