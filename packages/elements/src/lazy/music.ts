// A script of its own for pages without a bundler: most pages have no music, and those that do name it.
export * from '../music/index.ts';
