import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import { PoseCoachElement } from '@pose-coach/elements';
import '@pose-coach/elements/extensions';
import '@pose-coach/elements/music';
import {
  PoseGuideElement,
  PoseObsElement,
  PoseStageEditorElement,
  PoseTriggersElement,
} from '@pose-coach/elements/studio';
import dance from '@pose-coach/extension-dance/package.json' with { type: 'json' };
import * as overlayModule from '@pose-coach/extension-overlay/overlay';
import overlay from '@pose-coach/extension-overlay/package.json' with { type: 'json' };
import { fetchExtensionSources } from '../overlay/extension-sources.ts';
import { linkChannel } from './channel-link.ts';
import { extendCoach } from './coach-extensions.ts';
import { commandsOf } from './declared-commands.ts';
import { metricsOf } from './declared-metrics.ts';
import { offerEngines } from './engine-lists.ts';
import { offerLink } from './link-field.ts';
import { fetchOverlayLink } from './overlay-link.ts';
import { readStudioAddress } from './studio-address.ts';
import { offerTabs } from './tabs.ts';

function find<T extends HTMLElement>(selector: string, kind: new () => T): T {
  const element = document.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`This page has no ${selector}.`);
}

/** The file of the frame that third-party extensions run in. */
const FRAME = '/overlay/part-frame.html';

const address = readStudioAddress(location.hash);
const coach = find('#coach', PoseCoachElement);
const guide = find('#guide', PoseGuideElement);
const editor = find('#editor', PoseStageEditorElement);
const obs = find('#obs', PoseObsElement);
const triggers = find('#triggers', PoseTriggersElement);

find('#channel', HTMLElement).textContent = address.channel;
offerTabs(find('#tabs', HTMLElement), (panel) => {
  document.body.dataset.panel = panel;
});
// On a phone the table of angles would cover the person.
coach.setAttribute('angles', String(matchMedia('(min-width: 60rem)').matches));
coach.setAttribute('assets', '/assets/');
coach.setAttribute('frame-url', FRAME);
coach.setAttribute('channel', address.channel);
// A browser that keeps a form's choices over a reload is taken at its word.
offerEngines(coach, find('#engine', HTMLSelectElement), find('#model', HTMLSelectElement));
if (address.token !== undefined) {
  coach.setAttribute('token', address.token);
  coach.setAttribute('publish', '/');
}

const channel = linkChannel(address);
for (const element of [guide, editor, obs, triggers]) element.controller = channel?.controller;
editor.subscriber = channel?.subscriber;
const onAir = find('#on-air', HTMLElement);
channel?.controller.source.subscribe(({ live }) => {
  onAir.textContent = live ? 'Live' : '';
});

// Another link pasted over this one: only the fragment differs, and browsers do not load the page again for that.
addEventListener('hashchange', () => location.reload());

const [link, sources] = await Promise.all([fetchOverlayLink(address), fetchExtensionSources()]);
extendCoach(coach, sources);
const manifests = [dance, ...sources.map(({ manifest }) => manifest)];
for (const element of [editor, obs, triggers]) element.metrics = metricsOf(manifests);
triggers.commands = commandsOf(manifests);
const parts = createOverlayParts({
  sources: [{ manifest: overlay, module: overlayModule }, ...sources],
  frameUrl: FRAME,
});
for (const element of [editor, triggers]) element.parts = parts;
if (link.ok) {
  offerLink(
    {
      link: find('#link', HTMLInputElement),
      copy: find('#copy', HTMLButtonElement),
      copied: find('#copied', HTMLElement),
    },
    link.overlay,
  );
} else {
  const trouble = find('#trouble', HTMLElement);
  trouble.textContent = link.words;
  trouble.hidden = false;
}
