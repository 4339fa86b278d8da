import { expect, it } from 'vitest';
import { managed, manifestOf, packageOf } from './manager.test-support.ts';

const command = (name: string) => ({ commands: [{ id: `${name}.save`, title: 'Save' }] });

it('a command that was refused a permission says so by titles, through another extension as well', async () => {
  const { extensions } = managed({
    onPermission: () => [],
    sources: [
      packageOf(
        'journal',
        ({ globalState }, coach) => {
          coach.commands.register('journal.save', async () => {
            await globalState.set('day', 1);
            return undefined;
          });
        },
        {
          manifest: manifestOf(
            'journal',
            { permissions: ['storage'], contributes: command('journal') },
            { displayName: 'My journal' },
          ),
        },
      ),
      packageOf(
        'keys',
        (_, coach) => {
          coach.commands.register('keys.save', () => coach.commands.execute('journal.save'));
        },
        { manifest: manifestOf('keys', { contributes: command('keys') }, { displayName: 'Keys' }) },
      ),
    ],
  });
  await expect(extensions.commands.execute('keys.save')).rejects.toMatchObject({
    code: 'COMMAND_FAILED',
    message:
      'Keys could not finish its command keys.save: My journal could not finish its command journal.save: My journal may not keep data: the permission "storage" was refused. Let it be asked for again if you have changed your mind.',
  });
  await extensions.disable('journal');
  await expect(extensions.commands.execute('journal.save')).rejects.toMatchObject({
    code: 'COMMAND_NOT_FOUND',
    message: 'The command "journal.save" belongs to "My journal", which is switched off. Switch it on first.',
  });
  extensions.dispose();
});
