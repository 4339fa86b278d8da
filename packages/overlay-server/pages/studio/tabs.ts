/** Where the chosen tab is kept over a reload. Not in the address: its fragment carries the token. */
const MEMORY = 'pose-coach-studio-tab';

/**
 * Has the buttons of a tab list show one panel at a time (WAI-ARIA's pattern “Tabs”, chosen with the keyboard at
 * once). Panels stay in the page when they are not shown: a camera goes on behind the editor.
 * @param shown called with the panel's id whenever another is shown
 */
export function offerTabs(list: HTMLElement, shown: (panel: string) => void): void {
  const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
  const show = (chosen: HTMLButtonElement) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      panelOf(tab).hidden = !on;
    }
    remember(chosen.id);
    shown(panelOf(chosen).id);
  };
  list.addEventListener('click', ({ target }) => {
    const tab = target instanceof Element ? target.closest('[role=tab]') : null;
    const chosen = tabs.find((each) => each === tab);
    if (chosen) show(chosen);
  });
  list.addEventListener('keydown', (event) => {
    const there = tabs.filter(({ hidden }) => !hidden);
    const place = event.target instanceof HTMLButtonElement ? there.indexOf(event.target) : -1;
    const next = nextPlace(event.key, place, there.length);
    const chosen = next === undefined || place < 0 ? undefined : there.at(next % there.length);
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    show(chosen);
  });
  const first = tabs.find(({ id, hidden }) => id === remembered() && !hidden) ?? tabs[0];
  if (first) show(first);
}

function nextPlace(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return place + 1;
    case 'ArrowLeft':
      return place - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function panelOf(tab: HTMLElement): HTMLElement {
  const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
  if (!panel) throw new Error(`The tab ${tab.id} has no panel.`);
  return panel;
}

/** Without storage, as in some private windows, a reload begins with the first tab. */
function remember(tab: string): void {
  try {
    sessionStorage.setItem(MEMORY, tab);
  } catch {}
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(MEMORY);
  } catch {
    return null;
  }
}
