import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { originPolicy } from './origin-policy.ts';

describe('which pages may connect', () => {
  it('are, on loopback, those of this machine, whatever their port and name for it', () => {
    const policy = originPolicy([], '127.0.0.1');
    for (const origin of [
      'http://127.0.0.1:8787',
      'http://localhost:5173',
      'https://[::1]',
      'http://127.9.9.9',
    ]) {
      expect(policy.allows(origin, '127.0.0.1:8787'), origin).toBe(true);
    }
    for (const origin of [
      'https://example.org',
      'null',
      'file://',
      'http://localhost.example',
      'http://127.0.0.1.x',
    ]) {
      expect(policy.allows(origin, '127.0.0.1:8787'), origin).toBe(false);
    }
  });

  it('are, on a network, those that the server served, by its number or the machine’s name', () => {
    const policy = originPolicy([], '192.168.1.5');
    expect(policy.allows('http://192.168.1.5:8787', '192.168.1.5:8787')).toBe(true);
    expect(policy.allows(`http://${hostname().toLowerCase()}:8787`, `${hostname()}:8787`)).toBe(true);
    expect(policy.allows('http://192.168.1.6:8787', '192.168.1.5:8787')).toBe(false);
    expect(policy.allows('http://192.168.1.5:9999', '192.168.1.5:8787')).toBe(false);
    expect(policy.allows('http://localhost:8787', '192.168.1.5:8787')).toBe(false);
  });

  it('are never those of a name that was made to point here', () => {
    for (const bound of ['127.0.0.1', '0.0.0.0', '192.168.1.5']) {
      expect(originPolicy([], bound).allows('http://evil.example:8787', 'evil.example:8787')).toBe(false);
    }
  });

  it('are those that the operator named, however they are written', () => {
    const policy = originPolicy(['https://Club.example/'], '127.0.0.1');
    expect(policy.allows('https://club.example', 'overlay.example')).toBe(true);
    expect(policy.allows('http://club.example', 'overlay.example')).toBe(false);
  });

  it('leaves out programs that are no browsers, which have no origin', () => {
    expect(originPolicy([], '192.168.1.5').allows(undefined, '192.168.1.5')).toBe(true);
  });
});
