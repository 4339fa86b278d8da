import type { ConnectionStatus } from '@pose-coach/core/live';
import { html, type TemplateResult } from 'lit';

/** What stands in the editor's place while there is no stage to edit. */
export function emptyState(connection: ConnectionStatus | undefined): TemplateResult {
  const { title, words } = sayWhy(connection);
  return html`<div class="empty glass" role="status">
    <h3>${title}</h3>
    <p>${words}</p>
  </div>`;
}

function sayWhy(connection: ConnectionStatus | undefined): {
  readonly title: string;
  readonly words: string;
} {
  switch (connection?.status) {
    case undefined:
      return {
        title: 'There is no stage here',
        words: 'Open the studio link that the server printed when it was started: it carries the token.',
      };
    case 'connecting':
    case 'connected':
      return { title: 'One moment', words: 'The stage is being fetched from the overlay server.' };
    case 'waiting':
      return {
        title: 'The overlay server does not answer',
        words: `It is tried again and again. Start it if it is not running. (${connection.error.message})`,
      };
    case 'replaced':
    case 'refused':
      return { title: 'The overlay server refuses this page', words: connection.error.message };
  }
}
