import type { JsonValue } from '../../base/index.ts';
import { isObject } from './check-json.ts';
import type { DeclaredEntry, ManifestScope, PointName } from './contribution-points/contribution-point.ts';
import { CONTRIBUTION_POINTS, POINT_NAMES } from './contribution-points/contribution-points.ts';
import type { Findings } from './findings.ts';
import type { Contributions } from './manifest.ts';

const PATH = '/poseCoach/contributes';

/** What a manifest declares, after its schema has been checked. */
export interface DeclaredContributions {
  /** Those that fit their schema. */
  readonly contributes: Contributions;
  /** Where each of them is written. */
  readonly entries: ReadonlyMap<PointName, readonly DeclaredEntry[]>;
  /** Whether an id is declared, be it in a faulty declaration. */
  declares(point: PointName, id: string): boolean;
}

export function readContributions(written: JsonValue | undefined, findings: Findings): DeclaredContributions {
  const ids = new Map<PointName, ReadonlySet<string | undefined>>();
  const entries = new Map<PointName, readonly DeclaredEntry[]>();
  for (const point of POINT_NAMES) {
    const contribution = isObject(written) && Object.hasOwn(written, point) ? written[point] : undefined;
    const all = contribution === undefined ? [] : CONTRIBUTION_POINTS[point].entries(contribution);
    ids.set(point, new Set(all.map(({ id }) => id)));
    entries.set(point, soundEntries(point, all, findings));
  }
  const read = POINT_NAMES.map((point) => [
    point,
    (entries.get(point) ?? []).map(({ value, id }) => CONTRIBUTION_POINTS[point].read(value, id ?? '')),
  ]);
  return {
    // Every point reads its own declarations; that the names and the kinds go together is what the table says.
    contributes: Object.fromEntries(read) as unknown as Contributions,
    entries,
    declares: (point, id) => ids.get(point)?.has(id) ?? false,
  };
}

/** Reports what the schema cannot say of each declaration. */
export function checkContributions({ entries }: DeclaredContributions, scope: ManifestScope): void {
  for (const point of POINT_NAMES) checkPoint(point, entries.get(point) ?? [], scope);
}

/** The points at which something is contributed that is nothing without code. */
export function pointsInCode(contributes: Contributions): readonly PointName[] {
  return POINT_NAMES.filter((point) => pointNeedsCode(point, contributes));
}

/** The points at which something is contributed that is nothing without the overlay module. */
export function pointsOnOverlay(contributes: Contributions): readonly PointName[] {
  return POINT_NAMES.filter(
    (point) => CONTRIBUTION_POINTS[point].needsOverlay && contributes[point].length > 0,
  );
}

/** Entries without a fault; none when the list itself is one, because then its entries were not looked at. */
function soundEntries(
  point: PointName,
  entries: readonly DeclaredEntry[],
  findings: Findings,
): readonly DeclaredEntry[] {
  const path = `${PATH}/${point}`;
  return entries.filter((entry) => {
    const list = path + entry.path.slice(0, entry.path.lastIndexOf('/'));
    return !findings.has(list) && findings.isSound(path + entry.path);
  });
}

function checkPoint<Point extends PointName>(
  point: Point,
  entries: readonly DeclaredEntry[],
  scope: ManifestScope,
): void {
  const path = `${PATH}/${point}`;
  const declarations: readonly Contributions[Point][number][] = scope.contributes[point];
  checkIds(path, entries, scope);
  for (const [index, declaration] of declarations.entries()) {
    CONTRIBUTION_POINTS[point].check?.(declaration, `${path}${entries[index]?.path ?? ''}`, scope);
  }
}

function checkIds(
  path: string,
  entries: readonly DeclaredEntry[],
  { findings, prefix }: ManifestScope,
): void {
  const seen = new Set<string>();
  for (const { id, idPath } of entries) {
    if (id === undefined) continue;
    const place = path + idPath;
    if (prefix !== undefined && !id.startsWith(`${prefix}.`)) {
      const expected = `an id that starts with ${prefix}.`;
      findings.fault(
        place,
        expected,
        `${place}: ${id} is outside the extension's prefix: expected ${expected}`,
      );
    } else if (seen.has(id)) {
      findings.fault(place, 'an id that is not taken yet', `${place}: ${id} is declared twice.`);
    }
    seen.add(id);
  }
}

function pointNeedsCode<Point extends PointName>(point: Point, contributes: Contributions): boolean {
  const declarations: readonly Contributions[Point][number][] = contributes[point];
  return declarations.some((declaration) => CONTRIBUTION_POINTS[point].needsCode?.(declaration));
}
