import { expect, it } from 'vitest';
import { secondsText } from './seconds-text.ts';

it.each([
  [1000, '1 second'],
  [500, '0.5 seconds'],
  [10_000, '10 seconds'],
])('%i milliseconds are said as %s', (milliseconds, text) => {
  expect(secondsText(milliseconds)).toBe(text);
});
