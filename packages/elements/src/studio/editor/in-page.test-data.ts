import type { OverlayModule } from '@pose-coach/core/extension';
import { createOverlayParts, type OverlayParts } from '@pose-coach/core/overlay-parts';
import * as overlayModule from '@pose-coach/extension-overlay/overlay';
import { expect, onTestFinished, vi } from 'vitest';
import overlayManifest from '../../../../extension-overlay/package.json' with { type: 'json' };
import type { PoseStageEditorElement } from './pose-stage-editor.ts';
import { ScriptedController } from './scripted-controller.test-data.ts';
import '../index.ts';

/** Where the test's server gives out the sample of movement. */
export const SAMPLE = '/packages/elements/assets/sample-dance.poses';

/** Our own widgets and themes. */
export function ownParts(): OverlayParts {
  const module: OverlayModule = overlayModule;
  const parts = createOverlayParts({ sources: [{ manifest: overlayManifest, module }] });
  onTestFinished(() => parts.dispose());
  return parts;
}

/** The editor in the page, as large as a window, with a server in the test's hands. */
export async function openEditor(
  controller = new ScriptedController(),
  size = { width: 1440, height: 820 },
): Promise<{ readonly editor: PoseStageEditorElement; readonly controller: ScriptedController }> {
  const editor = document.createElement('pose-stage-editor');
  Object.assign(editor.style, { width: `${size.width}px`, height: `${size.height}px` });
  editor.controller = controller;
  editor.parts = ownParts();
  document.body.append(editor);
  onTestFinished(() => editor.remove());
  // Laid out, once the browser has told how much room there is.
  await eventually(() => expect(one(editor, '.board').clientWidth).toBeGreaterThan(100));
  return { editor, controller };
}

/** Everything in an element's shadow and in those of its parts. */
export function all(editor: Element, selector: string): HTMLElement[] {
  const inner = editor.shadowRoot?.querySelector('pose-stage-canvas');
  return [editor, ...(inner ? [inner] : [])].flatMap((each) => [
    ...(each.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ]);
}

/** The one element of that selector, or of those the one with that name. */
export function one<T extends HTMLElement = HTMLElement>(
  editor: Element,
  selector: string,
  name?: string,
): T {
  const found = all(editor, selector).filter((each) => name === undefined || nameOf(each).startsWith(name));
  if (found.length === 0) throw new Error(`There is no ${selector} ${name ?? ''} in the editor.`);
  return found[0] as T;
}

/** What a screen reader calls it. */
export function nameOf(element: HTMLElement): string {
  return (element.ariaLabel ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Waits until something holds; fails with what is missing. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5000, interval: 20 });
}
