import type { ManifestFault } from './manifest.ts';

/** More than anybody reads; a hostile manifest could have a hundred thousand, each with a long path. */
const MAXIMUM_REPORTED = 100;

/** Collects what is wrong and what is merely odd, once per place and expectation. */
export class Findings {
  readonly #faults = new Map<string, ManifestFault>();
  readonly #warnings = new Map<string, ManifestFault>();
  /** Every faulty place. */
  readonly #faulty = new Set<string>();
  /** The same with all that they lie in. */
  readonly #unsound = new Set<string>();

  get faults(): readonly ManifestFault[] {
    return limited(this.#faults);
  }

  get warnings(): readonly ManifestFault[] {
    return limited(this.#warnings);
  }

  /** Whether more faults than are reported were found: looking further is of no use. */
  get isFull(): boolean {
    return this.#faults.size > MAXIMUM_REPORTED;
  }

  fault(path: string, expected: string, message: string): void {
    if (this.isFull) return;
    this.#faults.set(`${path} ${expected}`, { path, expected, message });
    this.#faulty.add(path);
    let place = path;
    while (!this.#unsound.has(place)) {
      this.#unsound.add(place);
      place = place.slice(0, Math.max(0, place.lastIndexOf('/')));
    }
  }

  warn(path: string, expected: string, message: string): void {
    if (this.#warnings.size > MAXIMUM_REPORTED) return;
    this.#warnings.set(`${path} ${expected}`, { path, expected, message });
  }

  /** Whether a fault was found at exactly this place. */
  has(path: string): boolean {
    return this.#faulty.has(path);
  }

  /** Whether no fault was found at a place or within. Of nothing it is known once there are too many. */
  isSound(path: string): boolean {
    return !this.isFull && !this.#unsound.has(path);
  }
}

function limited(findings: ReadonlyMap<string, ManifestFault>): readonly ManifestFault[] {
  const all = [...findings.values()];
  if (all.length <= MAXIMUM_REPORTED) return all;
  const message = `There is more of the kind than these ${MAXIMUM_REPORTED}: mend these first.`;
  return [...all.slice(0, MAXIMUM_REPORTED), { path: '', expected: 'fewer faults', message }];
}
