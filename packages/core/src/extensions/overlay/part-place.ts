import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { PartName } from '../isolated/wire.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { messageOf } from '../runtime/index.ts';

/** One place on the stage, and which part is painted there. */
export interface PartPlace {
  readonly name: PartName;
  readonly manifest: ExtensionManifest;
  readonly element: HTMLElement;
  readonly clock: Clock;
  /** Of the part's chance. */
  readonly seed: number;
  readonly onFault: (error: PoseCoachError) => void;
}

/** What becomes of a part that is given up. */
export const STAYS_EMPTY = 'Its place stays empty until the page is loaded again.';

/** What is told of a part that has failed. @param next what becomes of it, as a sentence */
export function partFailed({ name, manifest }: PartPlace, thrown: unknown, next: string): PoseCoachError {
  const said = messageOf(thrown);
  const end = /[.!?…]$/.test(said) ? '' : '.';
  return new PoseCoachError(
    'OVERLAY_PART_FAILED',
    `The ${name.kind} ${name.id} of ${manifest.title} failed: ${said}${end} ${next}`,
    { cause: thrown },
  );
}

/** What is told of a part that holds up everybody. */
export function partSlow({ name, manifest }: PartPlace): PoseCoachError {
  return new PoseCoachError(
    'OVERLAY_PART_FAILED',
    `The ${name.kind} ${name.id} of ${manifest.title} has taken over 12 ms for each painting for two seconds: the overlay stutters. Make it smaller, choose simpler settings, or take it off the stage.`,
  );
}
