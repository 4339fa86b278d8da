import { html, type TemplateResult } from 'lit';
import { bodyPicture } from './body-picture.ts';
import type { CoachCheck } from './coach-check.ts';
import type { Verdict } from './verdict.ts';

const STATE_WORDS: Readonly<Record<Verdict['state'], string>> = {
  good: 'Good',
  look: 'Look here',
  unknown: 'Not known yet',
};

const BADGES: Readonly<Record<Verdict['state'], string>> = { good: 'good', look: 'warn', unknown: '' };

/** The checks with their names, in the order in which they are shown. */
export function verdictsOf(check: CoachCheck): readonly (readonly [name: string, verdict: Verdict])[] {
  return [
    ['Whole body in view', check.framing.verdict],
    ['Light', check.light],
    ['Sharpness', check.sharpness],
    ['Results every frame', check.rate],
  ];
}

/** Whether nothing is left to look at. */
export function isAllGood(check: CoachCheck): boolean {
  return verdictsOf(check).every(([, { state }]) => state === 'good');
}

/** Whether there is something to put right. */
export function hasFault(check: CoachCheck): boolean {
  return verdictsOf(check).some(([, { state }]) => state === 'look');
}

/** What was found, with a body on which is marked what the camera does not see. */
export function checkList(check: CoachCheck, mirrored: boolean): TemplateResult {
  return html`<div class="check">
    ${bodyPicture(check.framing.parts, mirrored)}
    <ul class="plain verdicts">
      ${verdictsOf(check).map(
        ([name, { state, words }]) => html`<li data-check=${name}>
          <div class="verdict">
            <strong>${name}</strong>
            <span class="badge ${BADGES[state]}">${STATE_WORDS[state]}</span>
          </div>
          <p class="help">${words}</p>
        </li>`,
      )}
    </ul>
  </div>`;
}

/** What is told to screen readers when it changes: which checks ask for something, not every number. */
export function spokenCheck(check: CoachCheck): string {
  const faults = verdictsOf(check).filter(([, { state }]) => state === 'look');
  if (faults.length > 0) return faults.map(([name]) => `${name}: look here.`).join(' ');
  return isAllGood(check) ? 'All four checks are good.' : '';
}
