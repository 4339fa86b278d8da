import { PoseCoachElement } from '@pose-coach/elements';
import '@pose-coach/elements/extensions';
import '@pose-coach/elements/music';
import dance from '@pose-coach/extension-dance/package.json' with { type: 'json' };
import { offerEngines } from './engine-lists.ts';
import { fetchOverlayLink } from './overlay-link.ts';
import { layOut, readStudioAddress } from './studio-address.ts';

function find<T extends HTMLElement>(selector: string, kind: new () => T): T {
  const element = document.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`This page has no ${selector}.`);
}

const address = readStudioAddress(location.hash);
const coach = find('#coach', PoseCoachElement);
const link = find('#link', HTMLInputElement);
const copy = find('#copy', HTMLButtonElement);
const copied = find('#copied', HTMLElement);
const fit = find('#fit', HTMLSelectElement);
const mirror = find('#mirror', HTMLInputElement);
const trouble = find('#trouble', HTMLElement);

find('#channel', HTMLElement).textContent = address.channel;
// On a phone the table of angles would cover the person.
coach.setAttribute('angles', String(matchMedia('(min-width: 60rem)').matches));
coach.setAttribute('assets', '/assets/');
coach.setAttribute('channel', address.channel);
// A browser that keeps a form's choices over a reload is taken at its word.
offerEngines(coach, find('#engine', HTMLSelectElement), find('#model', HTMLSelectElement));
if (address.token !== undefined) {
  coach.setAttribute('token', address.token);
  coach.setAttribute('publish', '/');
}
// It comes with this page. What it hears of music are beats, of a source that somebody has chosen beside it.
coach.addEventListener('pose-permission-request', (event) => {
  const { request, answer } = event.detail;
  if (request.trust !== 'trusted' || request.manifest.id !== dance.name) return;
  event.preventDefault();
  answer(request.permissions);
});
coach.extensions = [{ manifest: dance, module: () => import('@pose-coach/extension-dance/extension') }];

// Another link pasted over this one: only the fragment differs, and browsers do not load the page again for that.
addEventListener('hashchange', () => location.reload());

const answer = await fetchOverlayLink(address);
if (answer.ok) {
  const show = () => {
    link.value = layOut(answer.overlay, fit.value, mirror.checked);
    copied.textContent = '';
  };
  show();
  fit.addEventListener('change', show);
  mirror.addEventListener('change', show);
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
} else {
  trouble.textContent = answer.words;
  trouble.hidden = false;
}
