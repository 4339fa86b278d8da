import type { PoseFrame } from '@pose-coach/core';
import { Subject } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import './pose-angles.ts';
import type { PoseAnglesElement } from './pose-angles.ts';

afterEach(() => document.body.replaceChildren());

async function angles(changes: Partial<PoseAnglesElement>): Promise<PoseAnglesElement> {
  const element = document.createElement('pose-angles');
  Object.assign(element, changes);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** The cells of a line, by the name at its beginning. */
function line(element: PoseAnglesElement, name: string): string[] {
  const rows = [...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])];
  const row = rows.find((each) => each.querySelector('th')?.textContent?.trim() === name);
  return [...(row?.querySelectorAll('td') ?? [])].map((cell) =>
    (cell.textContent ?? '').replace(/\s+/g, ' ').replace('–', '').trim(),
  );
}

/** The standing person, sitting: the left thigh points at the camera, the left shin hangs down. */
function sittingLeft(): PoseFrame {
  const pose = standingPose();
  const worldLandmarks = pose.worldLandmarks.map((landmark, index) => {
    if (index === 23) return { ...landmark, x: 0.1, y: 0, z: 0 };
    if (index === 25) return { ...landmark, x: 0.1, y: 0, z: -0.4 };
    if (index === 27) return { ...landmark, x: 0.1, y: 0.4, z: -0.4 };
    return landmark;
  });
  return poseFrame([{ ...pose, worldLandmarks }]);
}

describe('<pose-angles>', () => {
  it('passes the accessibility audit', async () => {
    await expectAccessible(await angles({ frame: poseFrame([standingPose({ 13: { visibility: 0.1 } })]) }));
  });

  it('shows a right angle as 90 degrees, left beside right, with how sure it is', async () => {
    // The right leg hangs straight.
    const [left, right] = line(await angles({ frame: sittingLeft() }), 'Knee');
    expect(left).toBe('90°, 100 % sure');
    expect(right).toBe('180°, 100 % sure');
  });

  it('shows what is hidden as unknown with the reason, and not as a number', async () => {
    const element = await angles({ frame: poseFrame([standingPose({ 13: { visibility: 0.1 } })]) });
    expect(line(element, 'Elbow')[0]).toBe('unknown: not clearly in view');
    expect(line(element, 'Elbow')[1]).toMatch(/°/);
  });

  it('says that nobody is in view', async () => {
    const element = await angles({ frame: poseFrame([]) });
    expect(element.shadowRoot?.textContent).toContain('Nobody in view');
    expect(line(element, 'Knee')).toEqual(['unknown: nobody in view', 'unknown: nobody in view']);
  });

  it('lets what the body has one of span both sides', async () => {
    const element = await angles({ frame: poseFrame([standingPose()]) });
    const table = element.shadowRoot?.querySelector('table');
    const [, left, right] = [...(table?.tHead?.rows[0]?.cells ?? [])].map((each) =>
      each.getBoundingClientRect(),
    );
    const rows = [...(table?.tBodies[0]?.rows ?? [])].filter((each) => each.cells.length === 2);
    expect(rows.map((each) => each.cells[0]?.textContent?.trim())).toEqual(['Neck', 'Trunk lean']);
    for (const { cells } of rows) {
      const cell = cells[1];
      if (!cell) throw new Error('The line has no cell.');
      const number = document.createRange();
      number.setStart(cell, 0);
      number.setEndBefore(cell.querySelector('.only-read') ?? cell);
      const box = number.getBoundingClientRect();
      // In the middle of both columns, and so in neither.
      const middle = ((left?.left ?? 0) + (right?.right ?? 0)) / 2;
      expect(Math.abs((box.left + box.right) / 2 - middle)).toBeLessThan(14);
    }
  });

  it('is as wide whatever its last line says', async () => {
    const element = await angles({ frame: poseFrame([]) });
    const { width } = element.getBoundingClientRect();
    element.frame = poseFrame([standingPose()]);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('p')?.textContent).toContain('Seen from');
    expect(element.getBoundingClientRect().width).toBe(width);
  });

  it('shows one frame until a stream brings its first', async () => {
    const frames = new Subject<PoseFrame>();
    const element = await angles({ frames, frame: poseFrame([standingPose()]) });
    expect(line(element, 'Knee')[0]).toMatch(/^180°/);
    frames.next(sittingLeft());
    await element.updateComplete;
    expect(line(element, 'Knee')[0]).toMatch(/^90°/);
  });

  it('shows the person it was told to', async () => {
    const sitting = sittingLeft().poses[0] ?? standingPose();
    const frame = poseFrame([standingPose({}, 4), { ...sitting, id: 7 }]);
    expect(line(await angles({ frame, poseId: 7 }), 'Knee')[0]).toMatch(/^90°/);
    expect(line(await angles({ frame, poseId: 9 }), 'Knee')[0]).toMatch(/unknown/);
  });

  it('changes at a readable pace however fast the frames come, and ends with the newest', async () => {
    const frames = new Subject<PoseFrame>();
    const element = await angles({ frames });
    const update = vi.spyOn(element, 'render');
    for (let count = 0; count < 30; count++) {
      frames.next(count === 29 ? sittingLeft() : poseFrame([standingPose()]));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await vi.waitFor(() => expect(line(element, 'Knee')[0]).toMatch(/^90°/));
    expect(update.mock.calls.length).toBeLessThanOrEqual(5);
    element.remove();
    expect(frames.observed).toBe(false);
  });
});
