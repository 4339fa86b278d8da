import { html, type TemplateResult } from 'lit';

/** The `source` of an extension that the page itself has imported. */
const IMPORTED = 'imported';

/** Whether an extension was fetched from somewhere, so that there is something to say about where. */
export function isFetched(source: string): boolean {
  return source !== IMPORTED;
}

/** An address as people can judge it: the host first and apart, without what may stand before it to deceive. */
export function sourceWords(source: string): TemplateResult {
  if (!URL.canParse(source)) return html`${source}`;
  const { protocol, host, pathname, search } = new URL(source);
  return host === ''
    ? html`${protocol}//${pathname}${search}`
    : html`<b>${host}</b><wbr />${pathname}${search}`;
}
