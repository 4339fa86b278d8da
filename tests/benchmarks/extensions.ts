// What extensions cost: per frame in the page's own realm, for the way into the sandbox and back, and for the
// pipeline when one of them is hostile. `BENCH_PARTS=inline,isolated` runs those parts alone.
import { measureHostile } from './extensions/hostile.ts';
import { measureInline } from './extensions/inline-cost.ts';
import { measureIsolated } from './extensions/round-trip.ts';

const parts: Readonly<Record<string, () => Promise<void>>> = {
  inline: measureInline,
  isolated: measureIsolated,
  hostile: measureHostile,
};
const names = process.env.BENCH_PARTS?.split(',') ?? Object.keys(parts);
for (const name of names) {
  const measure = parts[name];
  if (!measure) throw new Error(`No part "${name}". There are: ${Object.keys(parts).join(', ')}.`);
  await measure();
}
