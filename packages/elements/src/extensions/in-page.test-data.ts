import {
  createExtensions,
  type ExtensionSource,
  type Extensions,
  memoryStorage,
} from '@pose-coach/core/extensions';
import { onTestFinished, vi } from 'vitest';
import type { PoseExtensionsElement } from './pose-extensions.ts';
import type { PoseMetricsElement } from './pose-metrics.ts';
import './index.ts';

/** Extensions that remember nothing beyond the test. */
export async function extensionsOf(...sources: readonly ExtensionSource[]): Promise<Extensions> {
  const extensions = createExtensions({ storage: memoryStorage() });
  onTestFinished(() => extensions.dispose());
  for (const source of sources) await extensions.add(source);
  return extensions;
}

/** An element that shows extensions, in the page. */
export async function viewer<Tag extends 'pose-extensions' | 'pose-metrics'>(
  tag: Tag,
  changes: Tag extends 'pose-metrics' ? Partial<PoseMetricsElement> : Partial<PoseExtensionsElement>,
): Promise<HTMLElementTagNameMap[Tag]> {
  const element = document.createElement(tag);
  Object.assign(element, changes);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Everything that is to be read in an element, for eyes and for ears. */
export function text(element: Element | null): string {
  return (element?.shadowRoot ?? element)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** The first element in another's shadow. */
export function inside<T extends Element = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector} in it, but: ${text(element)}`);
  return found;
}

/** A field in an element's shadow by what its label says. */
export function field<T extends HTMLElement = HTMLInputElement>(element: Element, label: string): T {
  const labels = [...(element.shadowRoot?.querySelectorAll('label') ?? [])];
  const found = labels.find((one) => one.textContent?.trim() === label)?.control;
  if (!found) throw new Error(`There is no field "${label}".`);
  return found as HTMLElement as T;
}

/** Types into a field and leaves it. */
export function enter(input: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Waits until something holds; fails with what is missing. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5000, interval: 20 });
}
