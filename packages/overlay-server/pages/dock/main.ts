import { PoseDockElement } from '@pose-coach/elements/studio';
import { linkChannel } from '../studio/channel-link.ts';
import { readStudioAddress } from '../studio/studio-address.ts';

const address = readStudioAddress(location.hash);
const dock = document.querySelector('#dock');
const channel = document.querySelector('#channel');
if (!(dock instanceof PoseDockElement) || !channel) throw new Error('This page has no dock.');

channel.textContent = address.channel;
const link = linkChannel(address);
dock.controller = link?.controller;
dock.subscriber = link?.subscriber;

// Another link pasted over this one: only the fragment differs, and browsers do not load the page again for that.
addEventListener('hashchange', () => location.reload());
