import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT } from './wire.ts';
import { readWorkerMessage } from './worker-message.ts';

const request = (content: unknown) => JSON.stringify({ kind: 'request', id: 1, request: content });

describe('Messages of a worker', () => {
  it.each([
    ['an answer', { kind: 'done', id: 3, value: { readings: [], proposals: [], cost: 0.2 } }],
    ['an answer without a value', { kind: 'done', id: 3 }],
    ['a failure', { kind: 'failed', id: 3, fault: { code: 'COMMAND_FAILED', message: 'no' } }],
    ['a fault', { kind: 'fault', message: 'thrown' }],
    ['a line', { kind: 'log', level: 'warn', message: 'careful' }],
    [
      'a command',
      { kind: 'request', id: 1, request: { name: 'command', command: 'a.b', values: [null, 1] } },
    ],
    ['a value to keep', { kind: 'request', id: 1, request: { name: 'stateSet', key: 'k', value: null } }],
    ['a key to forget', { kind: 'request', id: 1, request: { name: 'stateSet', key: 'k' } }],
    [
      'a request to a server',
      {
        kind: 'request',
        id: 1,
        request: { name: 'fetch', url: 'https://a/', headers: { b: 'c' }, bytes: 'AQI=' },
      },
    ],
  ])('are read: %s', (_, message) => {
    expect(readWorkerMessage(JSON.stringify(message), MAX_TEXT)).toEqual(message);
  });

  it.each([
    ['no text', { kind: 'done', id: 1 }, 'no text'],
    ['bytes', new ArrayBuffer(8), 'no text'],
    ['nothing', undefined, 'no text'],
    ['no JSON', '{', 'no JSON'],
    ['too much', 'x'.repeat(MAX_TEXT + 1), `of ${MAX_TEXT} at most`],
    ['a list', '[]', 'wrong'],
    ['null', 'null', 'wrong'],
    ['no kind', '{"id":1}', '"kind"'],
    ['an unknown kind', '{"kind":"evil","id":1}', '"kind"'],
    ['an id that is no number', '{"kind":"done","id":"1"}', '"id"'],
    ['an id that is no whole number', '{"kind":"done","id":1.5}', '"id"'],
    ['a fault without words', '{"kind":"fault"}', '"message"'],
    [
      'a fault with too many words',
      JSON.stringify({ kind: 'fault', message: 'x'.repeat(2001) }),
      '"message"',
    ],
    ['an unknown level', '{"kind":"log","level":"fatal","message":""}', '"level"'],
    ['an unknown request', request({ name: 'readFile', path: '/etc/passwd' }), '"request.name"'],
    ['a request that lacks something', request({ name: 'asset' }), '"request.path"'],
    [
      'headers that are no text',
      request({ name: 'fetch', url: '/', headers: { a: {} } }),
      '"request.headers.a"',
    ],
    ['bytes that are no base64', request({ name: 'fetch', url: '/', bytes: '***' }), '"request.bytes"'],
  ])('are refused with what is wrong: %s', (_, data, words) => {
    expect(() => readWorkerMessage(data, MAX_TEXT)).toThrow(words);
  });

  it('carry no codes that speak for the page', () => {
    const message = { kind: 'failed', id: 1, fault: { code: 'UNAUTHORIZED', message: 'sign in again' } };
    expect(readWorkerMessage(JSON.stringify(message), MAX_TEXT)).toMatchObject({
      fault: { code: 'EXTENSION_FAILED' },
    });
  });

  it.each(['extra', '__proto__', 'constructor'])(
    'are refused with more in it than they can have: %s',
    (name) => {
      const text = `{"kind":"done","id":1,"value":1,"${name}":{"evil":true}}`;
      expect(() => readWorkerMessage(text, MAX_TEXT)).toThrow(`something unknown in it: "${name}"`);
    },
  );

  it('throw nothing but errors in plain words, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), (data) => {
        try {
          readWorkerMessage(data, MAX_TEXT);
        } catch (error) {
          expect((error as Error).message).toMatch(/^it posted /);
        }
      }),
    );
  });
});
