import { vi } from 'vitest';

/** Everything of that selector in an element's shadow. */
export function all<T extends HTMLElement = HTMLElement>(element: Element, selector: string): T[] {
  return [...(element.shadowRoot?.querySelectorAll<T>(selector) ?? [])];
}

/** The first of that selector whose accessible name begins so. */
export function one<T extends HTMLElement = HTMLElement>(
  element: Element,
  selector: string,
  name?: string,
): T {
  const found = all<T>(element, selector).find((each) => name === undefined || nameOf(each).startsWith(name));
  if (!found) throw new Error(`There is no ${selector} ${name ?? ''}.`);
  return found;
}

/** A button, by what a screen reader calls it. */
export function button(element: Element, name: string): HTMLButtonElement {
  return one<HTMLButtonElement>(element, 'button', name);
}

/** The field with this label. */
export function field<T extends HTMLElement = HTMLInputElement>(
  element: Element,
  title: string,
  place = 0,
): T {
  const labels = all(element, 'label').filter(
    (label) => words(label.querySelector('span') ?? label) === title,
  );
  const found = labels[place]?.querySelector<T>('input, select');
  if (!found) throw new Error(`There is no field “${title}”.`);
  return found;
}

/** Types into a field, or chooses in it, and lets the element show it: people are not faster. */
export async function enter(input: HTMLInputElement | HTMLSelectElement, value: string): Promise<void> {
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve));
}

/** What a screen reader calls it, by its own label or its words. */
export function nameOf(element: HTMLElement): string {
  return element.ariaLabel ?? words(element);
}

/** An element's text as it is read. */
export function words(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Everything in an element's shadow that can be read. */
export function shadowWords(element: Element): string {
  return [...(element.shadowRoot?.children ?? [])]
    .filter(({ localName }) => localName !== 'style')
    .map(words)
    .join(' ');
}

/** Waits until something holds; fails with what is missing. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5000, interval: 20 });
}
