import { describe, expect, it } from 'vitest';
import { withoutLater } from './extension-chunk.ts';

describe('the file that the first extension loads', () => {
  it('carries the host for third parties, which core loads later', async () => {
    const later = `const load = async () => (await import('./isolated-AB12.js')).isolatedHost;\nexport { load };\n`;
    expect(withoutLater(later)).toBe(
      'import * as atOnce0 from "./isolated-AB12.js";\n' +
        'const load = async () => (await Promise.resolve(atOnce0)).isolatedHost;\nexport { load };\n',
    );
  });

  it('leaves alone what is loaded later for other reasons', () => {
    const other = `const engine = () => import('./engine-AB12.js');\n`;
    expect(withoutLater(other)).toBe(other);
  });
});
