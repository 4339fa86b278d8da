/**
 * Registers an element where there is a registry (not in Node), and only once: two copies of this package on one
 * page are no reason to throw.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined' || customElements.get(tag)) return;
  customElements.define(tag, element);
}
