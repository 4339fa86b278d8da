import type { ManifestFault } from './manifest.ts';

/** More than anybody reads; a hostile manifest could have a hundred thousand. */
const MAXIMUM_REPORTED = 100;

/** Collects what is wrong and what is merely odd, once per place and expectation. */
export class Findings {
  readonly #faults = new Map<string, ManifestFault>();
  readonly #warnings = new Map<string, ManifestFault>();
  /** Every faulty place and all that it lies in. */
  readonly #unsound = new Set<string>();
  readonly #faulty = new Set<string>();

  get faults(): readonly ManifestFault[] {
    return limited(this.#faults);
  }

  get warnings(): readonly ManifestFault[] {
    return limited(this.#warnings);
  }

  fault(path: string, expected: string, message: string): void {
    this.#faults.set(`${path} ${expected}`, { path, expected, message });
    this.#faulty.add(path);
    let place = path;
    while (!this.#unsound.has(place)) {
      this.#unsound.add(place);
      place = place.slice(0, Math.max(0, place.lastIndexOf('/')));
    }
  }

  warn(path: string, expected: string, message: string): void {
    this.#warnings.set(`${path} ${expected}`, { path, expected, message });
  }

  /** Whether a fault was found at exactly this place. */
  has(path: string): boolean {
    return this.#faulty.has(path);
  }

  /** Whether no fault was found at a place or within. */
  isSound(path: string): boolean {
    return !this.#unsound.has(path);
  }
}

function limited(findings: ReadonlyMap<string, ManifestFault>): readonly ManifestFault[] {
  const all = [...findings.values()];
  if (all.length <= MAXIMUM_REPORTED) return all;
  const message = `And ${all.length - MAXIMUM_REPORTED} more of the kind: mend these first.`;
  return [...all.slice(0, MAXIMUM_REPORTED), { path: '', expected: 'fewer faults', message }];
}
