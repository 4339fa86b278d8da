import type { PoseFrame } from '@pose-coach/core';
import { RecordingWriter } from '@pose-coach/core/session';
import { Subject } from 'rxjs';
import { expect, vi } from 'vitest';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import type { PoseCoachState } from './coach-state.ts';
import type { PoseCoachElement } from './pose-coach.ts';
import './pose-coach.ts';

/** A `<pose-coach>` of 640×480 CSS pixels in the page. */
export async function poseCoach(changes: Partial<PoseCoachElement> = {}): Promise<PoseCoachElement> {
  const element = document.createElement('pose-coach');
  element.style.cssText = 'width:640px;height:480px';
  Object.assign(element, { assets: '/assets/', ...changes });
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Resolves when the element is in a state. */
export async function inState(element: PoseCoachElement, status: PoseCoachState['status'], timeout = 30_000) {
  await vi.waitFor(
    () => {
      const { state } = element;
      // Fails at once and with the reason, rather than after the time is up.
      if (state.status === 'error' && status !== 'error') throw state.error;
      expect(state.status).toBe(status);
    },
    { timeout, interval: 30 },
  );
  await element.updateComplete;
}

export function inside<T extends Element = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector} in it.`);
  return found;
}

export function buttonNamed(element: Element, name: string): HTMLButtonElement {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find((button) => button.textContent?.trim() === name);
  if (!found)
    throw new Error(`There is no button "${name}", but ${buttons.map((b) => b.textContent?.trim())}.`);
  return found;
}

export function text(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

/** A source of poses that the test gives by hand. */
export function posesByHand() {
  const frames = new Subject<PoseFrame>();
  let at = 0;
  const give = (poses = [standingPose()]) => {
    at += 33;
    frames.next(
      poseFrame(poses, { timestamp: at, timings: { capturedAt: Date.now(), stages: { body: 12 } } }),
    );
  };
  return { source: { kind: 'poses', frames } as const, frames, give };
}

/** The bytes of a real recording of `count` frames of the standing person. */
export async function recording(count: number, label?: string): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const writer = new RecordingWriter((bytes) => void parts.push(bytes.slice()), label ? { label } : {});
  for (let index = 0; index < count; index++) {
    writer.append(poseFrame([standingPose()], { sequence: index, timestamp: index * 33 }));
  }
  await writer.close();
  return new File(parts, 'dance.poses');
}
