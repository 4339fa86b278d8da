import { describe, expect, it } from 'vitest';
import { compact } from './compact-templates.ts';

describe('compacting templates', () => {
  it('puts a style sheet on one line without changing what it says', () => {
    const source =
      'const style = css`\n  /* why */\n  a > b {\n    width: calc(100% - 2px);\n    color: red;\n  }\n`;';
    expect(compact(source)).toBe('const style = css`a>b{width:calc(100% - 2px);color:red}`;');
  });

  it('keeps the space behind what is put into a style sheet: without it one selector would be another', () => {
    const source = `const style = css\`
      \${start} .a {
        color: red;
      }
      \${start}:hover .b {
        top: 0;
      }
    \`;`;
    expect(compact(source)).toBe(`const style = css\`\${start} .a{color:red}\${start}:hover .b{top:0}\`;`);
  });

  it('keeps a break between words of markup, which is a space to the reader', () => {
    expect(compact('html`<p>\n    one\n    two\n  </p>`')).toBe('html`<p>\none\ntwo\n</p>`');
  });
});
