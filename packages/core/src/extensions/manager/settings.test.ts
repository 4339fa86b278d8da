import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../base/index.ts';
import { managed, manifestOf, packageOf, settle } from './manager.test-support.ts';
import { memoryStorage } from './storage.ts';

const SETTINGS = {
  activationEvents: ['onStartup'],
  contributes: {
    configuration: {
      title: 'Hello',
      properties: {
        'hello.height': { type: 'number', minimum: 0, maximum: 1, default: 0.5, title: 'Height' },
        'hello.names': { type: 'array', items: { type: 'string' }, default: [], title: 'Names' },
      },
    },
  },
};

function watching(heard: JsonValue[]) {
  return packageOf(
    'hello',
    (context) => {
      heard.push(context.configuration.get('hello.height') ?? null);
      context.configuration.onDidChange((ids) => {
        heard.push([...ids], context.configuration.get('hello.height') ?? null);
      });
    },
    { manifest: manifestOf('hello', SETTINGS) },
  );
}

describe('settings', () => {
  it('begin with their defaults, reach the running extension and whoever listens, and are kept', async () => {
    const storage = memoryStorage();
    const heard: JsonValue[] = [];
    const { extensions } = managed({ storage });
    const changes: (readonly string[])[] = [];
    extensions.settings.onDidChange((ids) => changes.push(ids));
    await extensions.add(watching(heard));
    await settle();
    expect(extensions.settings.get('hello.height')).toBe(0.5);
    await extensions.settings.set('hello.height', 0.8);
    await extensions.settings.set('hello.height', 0.8);
    expect(heard).toEqual([0.5, ['hello.height'], 0.8]);
    expect(changes).toEqual([['hello.height']]);
    extensions.dispose();

    const later = managed({ storage });
    const heardLater: JsonValue[] = [];
    await later.extensions.add(watching(heardLater));
    await settle();
    expect(heardLater).toEqual([0.8]);
    await later.extensions.settings.set('hello.height', undefined);
    expect(later.extensions.settings.get('hello.height')).toBe(0.5);
    expect(await storage.keys('settings/')).toEqual([]);
    later.extensions.dispose();
  });

  it('refuse what their schema refuses, and stay as they were', async () => {
    const { extensions } = managed();
    await extensions.add(watching([]));
    const failure = await extensions.settings.set('hello.height', 2).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SETTING_INVALID' });
    expect(String(failure)).toContain('number from 0 to 1');
    expect(extensions.settings.get('hello.height')).toBe(0.5);
    expect(() => extensions.settings.get('hello.nothing')).toThrowError(
      expect.objectContaining({ code: 'SETTING_INVALID' }),
    );
    extensions.dispose();
  });

  it('can be changed while the extension is off, and while it is starting', async () => {
    const { extensions } = managed();
    const heard: JsonValue[] = [];
    let goOn = () => {};
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const plain = watching(heard);
    await extensions.add({
      ...plain,
      enabled: false,
      module: async () => {
        await waiting;
        return plain.module as Exclude<typeof plain.module, undefined | (() => unknown)>;
      },
    });
    await extensions.settings.set('hello.height', 0.1);
    void extensions.enable('hello');
    await settle();
    await extensions.settings.set('hello.height', 0.2);
    goOn();
    await settle();
    expect(heard).toEqual([0.2]);
    extensions.dispose();
  });

  it('cannot be changed from outside through what was handed in or out', async () => {
    const { extensions } = managed();
    await extensions.add(watching([]));
    const names = ['Ada'];
    await extensions.settings.set('hello.names', names);
    names.push('Eve');
    expect(() => (extensions.settings.get('hello.names') as string[]).push('Eve')).toThrow(TypeError);
    expect(extensions.settings.get('hello.names')).toEqual(['Ada']);
    extensions.dispose();
  });

  it('fall back to the default, with a word, when what is stored no longer fits', async () => {
    const storage = memoryStorage();
    const stored = { 'hello.height': '7', 'hello.gone': '1', 'hello.names': '["Ada"]' };
    for (const [setting, value] of Object.entries(stored))
      await storage.set(`settings/hello/trusted/imported/${setting}`, value);
    const { extensions } = managed({ storage });
    await extensions.add(watching([]));
    expect(extensions.settings.get('hello.height')).toBe(0.5);
    expect(extensions.settings.get('hello.names')).toEqual(['Ada']);
    expect(extensions.list[0]?.log.map(({ message }) => message)).toEqual([
      'The stored value of "hello.height" no longer fits: its default is used.',
      'The stored value of "hello.gone" no longer fits: its default is used.',
    ]);
    extensions.dispose();
  });

  it('chosen in two pages of one origin at the same time are all kept', async () => {
    const storage = memoryStorage();
    const open = async () => {
      const { extensions } = managed({ storage });
      await extensions.add(watching([]));
      return extensions;
    };
    const [one, other] = [await open(), await open()];
    await one.settings.set('hello.height', 0.9);
    await other.settings.set('hello.names', ['Ada']);
    const later = await open();
    expect([later.settings.get('hello.height'), later.settings.get('hello.names')]).toEqual([0.9, ['Ada']]);
    for (const extensions of [one, other, later]) extensions.dispose();
  });

  it('work for this visit when nothing can be stored, and say so', async () => {
    const broken = async () => {
      throw new Error('The disk is full.');
    };
    const { extensions } = managed({ storage: { get: broken, set: broken, keys: broken } });
    await extensions.add(watching([]));
    await settle();
    expect(extensions.list[0]?.state).toBe('active');
    await extensions.settings.set('hello.height', 0.9);
    expect(extensions.settings.get('hello.height')).toBe(0.9);
    await extensions.disable('hello');
    expect(extensions.list[0]?.log.map(({ message }) => message).join()).toContain('The disk is full.');
    extensions.dispose();
  });
});
