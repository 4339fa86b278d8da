import { svg } from 'lit';
import { icon } from '../../coach/icons.ts';

/** The icons of the editor's buttons. */
export const EDITOR_ICONS = {
  add: icon(svg`<path d="M12 5v14M5 12h14"></path>`),
  undo: icon(svg`<path d="M8 5 3.5 9.5 8 14M4 9.5h9.5a6 6 0 0 1 0 12H9"></path>`),
  redo: icon(svg`<path d="m16 5 4.5 4.5L16 14M20 9.5h-9.5a6 6 0 0 0 0 12H15"></path>`),
  eye: icon(
    svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"></path><circle cx="12" cy="12" r="2.8"></circle>`,
  ),
  eyeOff: icon(
    svg`<path d="M9.7 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3M6.2 7.6A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.3-1.1M4 4l16 16"></path>`,
  ),
  lock: icon(
    svg`<rect x="5" y="11" width="14" height="9.5" rx="2"></rect><path d="M8 11V8a4 4 0 0 1 8 0v3"></path>`,
  ),
  lockOpen: icon(
    svg`<rect x="5" y="11" width="14" height="9.5" rx="2"></rect><path d="M8 11V7.5a4 4 0 0 1 7.7-1.5"></path>`,
  ),
  forward: icon(svg`<path d="M12 19V5M6 11l6-6 6 6"></path>`),
  backward: icon(svg`<path d="M12 5v14M6 13l6 6 6-6"></path>`),
  copy: icon(
    svg`<rect x="8.5" y="8.5" width="12" height="12" rx="2"></rect><path d="M15.5 8.5V5.5a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"></path>`,
  ),
  link: icon(
    svg`<path d="M10 14a4.5 4.5 0 0 0 6.6.4l3-3a4.6 4.6 0 0 0-6.5-6.5l-1.3 1.3M14 10a4.5 4.5 0 0 0-6.6-.4l-3 3a4.6 4.6 0 0 0 6.5 6.5l1.3-1.3"></path>`,
  ),
  remove: icon(svg`<path d="M4 7h16M9.5 7V4.5h5V7M6.5 7l.8 13h9.4l.8-13M10.3 11v5.5M13.7 11v5.5"></path>`),
  rename: icon(svg`<path d="M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17zM14.5 7.5l3 3"></path>`),
  exported: icon(svg`<path d="M12 3.5v11M7.5 10l4.5 4.5 4.5-4.5M4.5 17v3.5h15V17"></path>`),
  imported: icon(svg`<path d="M12 14.5v-11M7.5 8 12 3.5 16.5 8M4.5 17v3.5h15V17"></path>`),
  margins: icon(
    svg`<rect x="3" y="4.5" width="18" height="15" rx="1.5"></rect><rect x="6" y="7.5" width="12" height="9" stroke-dasharray="2 2.4"></rect>`,
  ),
  snap: icon(svg`<path d="M6 4v8a6 6 0 0 0 12 0V4h-4v8a2 2 0 0 1-4 0V4zM6 8h4M14 8h4"></path>`),
  stream: icon(
    svg`<rect x="2.5" y="4" width="19" height="13" rx="2"></rect><path d="M8 21h8M12 17v4"></path>`,
  ),
  skeleton: icon(
    svg`<circle cx="12" cy="4.5" r="2"></circle><path d="M12 6.5v7M6 9.5l6-1 6 1M8.5 20.5l3.5-7 3.5 7"></path>`,
  ),
  widget: icon(
    svg`<rect x="3.5" y="5" width="17" height="14" rx="2"></rect><path d="M7.5 15v-3M12 15V9M16.5 15v-4.5"></path>`,
  ),
  wide: icon(svg`<rect x="2.5" y="6.5" width="19" height="11" rx="1.5"></rect>`),
  tall: icon(svg`<rect x="7" y="2.5" width="10.5" height="19" rx="1.5"></rect>`),
} as const;
