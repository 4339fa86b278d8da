import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './page-policy.ts';

/** The sources of a directive. */
function sources(policy: string, directive: string): string[] {
  const found = policy.split('; ').find((part) => part.startsWith(`${directive} `));
  return found?.split(' ').slice(1) ?? [];
}

describe('the pages’ content security policy', () => {
  it('lets a page reach its own server and nobody else', () => {
    const policy = contentSecurityPolicy('127.0.0.1:8787');
    expect(sources(policy, 'default-src')).toEqual(["'none'"]);
    expect(sources(policy, 'connect-src')).toEqual([
      "'self'",
      'blob:',
      'data:',
      'ws://127.0.0.1:8787',
      'wss://127.0.0.1:8787',
    ]);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval'(?<!wasm-unsafe-eval')/);
  });

  it('lets the engine run: workers from blobs, WebAssembly', () => {
    const policy = contentSecurityPolicy(undefined);
    expect(sources(policy, 'worker-src')).toContain('blob:');
    expect(sources(policy, 'script-src')).toContain("'wasm-unsafe-eval'");
  });

  it('lets no page be framed but our own, for isolated extensions', () => {
    expect(sources(contentSecurityPolicy(undefined), 'frame-src')).toEqual(["'self'"]);
  });

  it.each(['evil.example; script-src *', 'a b', 'x:1:2', '<script>', ''])(
    'repeats no host header like %j',
    (host) => {
      expect(contentSecurityPolicy(host)).toBe(contentSecurityPolicy(undefined));
    },
  );
});
