import { describe, expect, it, vi } from 'vitest';
import { activating } from './sample-extensions.ts';
import { RecordedServices } from './services.ts';
import { manifestOf, type Subject } from './subject.ts';

const manifest = manifestOf({
  commands: [{ id: 'free.command', title: 'Command' }],
  configuration: [
    { id: 'free.height', title: 'Height', description: '', default: 1, schema: { type: 'number' } },
    { id: 'free.name', title: 'Name', description: '', default: '', schema: { type: 'string' } },
  ],
});

/** An extension whose one command does this with \`context\` and gives the result. */
const doing = (code: string) =>
  activating(`coach.commands.register('free.command', async (...values) => { ${code} });`);

/** Gives what \`work\` rejects with, as the extension sees it. */
const caught = (work: string) =>
  doing(
    `try { await ${work}; return 'done'; } catch (error) { return [error.name, error.code, error.message]; }`,
  );

export function describeContext(subject: Subject): void {
  const run = async (text: string, services = new RecordedServices()) => {
    const { running } = await subject.start({ text, manifest, services, settings: SETTINGS });
    return running.runCommand('free.command', []);
  };

  describe('context', () => {
    it('gives the settings as they are, and refuses ids that are not declared', async () => {
      const text = doing(`
        let code;
        try { context.configuration.get('free.other'); } catch (error) { code = error.code; }
        return [context.configuration.get('free.height'), context.configuration.get('free.name'), code];`);
      expect(await run(text)).toEqual([1.5, 'Ada', 'SETTING_INVALID']);
    });

    it('tells of new settings, with the ids of those that changed', async () => {
      const text = activating(`
        const heard = [];
        const listening = context.configuration.onDidChange((ids) => heard.push([...ids, context.configuration.get('free.height')]));
        coach.commands.register('free.command', (end) => { if (end) listening.dispose(); return heard; });`);
      const { running } = await subject.start({ text, manifest, settings: SETTINGS });
      running.configure({ ...SETTINGS, 'free.height': 2 }, ['free.height']);
      expect(await running.runCommand('free.command', [true])).toEqual([['free.height', 2]]);
      running.configure({ ...SETTINGS, 'free.height': 3 }, ['free.height']);
      expect(await running.runCommand('free.command', [])).toEqual([['free.height', 2]]);
    });

    it('keeps what an extension does to a setting from the page', async () => {
      const text = doing(`context.configuration.get('free.name').push('mine'); return 'done';`);
      const settings = { 'free.height': 1, 'free.name': ['theirs'] };
      const { running } = await subject.start({ text, manifest, settings });
      expect(await running.runCommand('free.command', [])).toBe('done');
      expect(settings['free.name']).toEqual(['theirs']);
    });

    it('keeps values, gives them back, forgets them and lists their keys', async () => {
      const services = new RecordedServices();
      services.state.set('before', { count: 1 });
      const text = doing(`
        const { globalState } = context;
        const before = await globalState.get('before');
        await globalState.set('list', [1, 'two', null]);
        await globalState.set('gone', true);
        await globalState.set('gone', undefined);
        return [before, await globalState.get('list'), (await globalState.get('never')) === undefined, await globalState.keys()];`);
      expect(await run(text, services)).toEqual([{ count: 1 }, [1, 'two', null], true, ['before', 'list']]);
      expect([...services.state]).toEqual([
        ['before', { count: 1 }],
        ['list', [1, 'two', null]],
      ]);
    });

    it.for([
      ['a full store', `context.globalState.set('key', 'too much')`, 'STORAGE_FAILED', 'full'],
      ['a value that is not JSON', `context.globalState.set('key', () => {})`, 'OPTION_INVALID', 'JSON'],
      ['a key that is not text', `context.globalState.get(17)`, 'OPTION_INVALID', 'key'],
      ['a file that is not there', `context.asset('./missing.mp3')`, 'ASSET_NOT_FOUND', './missing.mp3'],
      [
        'an origin that was not granted',
        `context.fetch('https://example.com/data')`,
        'PERMISSION_DENIED',
        'network:https://example.com',
      ],
      [
        'an address that is not text',
        `context.fetch({ href: 'https://example.com' })`,
        'OPTION_INVALID',
        'address',
      ],
      [
        'a body that cannot be sent',
        `context.fetch('https://example.com', { body: { a: 1 } })`,
        'OPTION_INVALID',
        'body',
      ],
      [
        'a method that is no text',
        `context.fetch('https://example.com', { method: 7 })`,
        'OPTION_INVALID',
        'method',
      ],
      [
        'a header that is no text',
        `context.fetch('https://example.com', { headers: { 'x-a': ['b'] } })`,
        'OPTION_INVALID',
        'x-a',
      ],
    ] as const)('refuses %s, with code and message', async ([, work, code, message]) => {
      const answer = await run(caught(work));
      expect(answer).toEqual(['PoseCoachError', code, expect.stringContaining(message)]);
    });

    it('gives the bytes of a file of the package', async () => {
      const services = new RecordedServices();
      services.assets.set('./sounds/bell.mp3', new Uint8Array([1, 2, 250]).buffer);
      const text = doing(`
        const bytes = await context.asset('./sounds/bell.mp3');
        return [bytes instanceof ArrayBuffer, ...new Uint8Array(bytes)];`);
      expect(await run(text, services)).toEqual([true, 1, 2, 250]);
    });

    it('asks a server that was granted, with method, headers and body', async () => {
      const services = new RecordedServices();
      services.origins.add('https://example.com');
      const text = doing(`
        const body = new Uint8Array([1, 2]).buffer;
        const first = await context.fetch('https://example.com/a', { method: 'PUT', headers: { 'x-a': 'b' }, body });
        await context.fetch('https://example.com/b', { method: 'POST', body: 'words' });
        await context.fetch('https://example.com/c');
        return [first.status, first.headers, new TextDecoder().decode(first.body)];`);
      expect(await run(text, services)).toEqual([201, { 'content-type': 'text/plain' }, 'pong']);
      expect(services.fetched.map(([url, { method }]) => [url, method])).toEqual([
        ['https://example.com/a', 'PUT'],
        ['https://example.com/b', 'POST'],
        ['https://example.com/c', undefined],
      ]);
      const [first, second] = services.fetched.map(([, request]) => request);
      expect(first?.headers).toEqual({ 'x-a': 'b' });
      expect([...new Uint8Array(first?.body as ArrayBuffer)]).toEqual([1, 2]);
      expect(second?.body).toBe('words');
    });

    it('logs at three levels, in order', async () => {
      const services = new RecordedServices();
      await run(
        doing(
          `context.log.info('one'); context.log.warn('two'); context.log.error('three'); context.log.info(4);`,
        ),
        services,
      );
      await vi.waitFor(() =>
        expect(services.lines).toEqual(['info one', 'warn two', 'error three', 'info 4']),
      );
    });
  });
}

const SETTINGS = { 'free.height': 1.5, 'free.name': 'Ada' };
