export { type InlineHostOptions, inlineHost } from './inline-host.ts';
