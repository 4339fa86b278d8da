import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with every fault that axe-core finds in an element and in its shadow, by rule and place. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    // Of a whole page, not of a part of one.
    rules: { region: { enabled: false } },
  });
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(' ')} (${node.failureSummary ?? ''})`),
  );
  expect(faults).toEqual([]);
}
