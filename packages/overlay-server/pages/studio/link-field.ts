/** What is needed to hand out an address. */
export interface LinkField {
  readonly link: HTMLInputElement;
  readonly copy: HTMLButtonElement;
  /** Where it is said that it was copied. */
  readonly copied: HTMLElement;
}

/** Shows an address to be copied, with its button. */
export function offerLink({ link, copy, copied }: LinkField, address: string): void {
  link.value = address;
  copy.disabled = false;
  copy.addEventListener('click', async () => {
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      copied.textContent = 'Copied.';
    } catch {
      copied.textContent = 'The browser does not let this page copy: press Ctrl+C (⌘C on a Mac).';
    }
  });
}
