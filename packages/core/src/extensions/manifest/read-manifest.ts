import type { JsonValue } from '../../base/index.ts';
import { defaultActivationEvents, knownActivationEvents } from './activation-events.ts';
import { checkJson, isList, isObject, knownPart } from './check-json.ts';
import type { ManifestScope } from './contribution-points/contribution-point.ts';
import { Findings } from './findings.ts';
import type { JsonObject } from './json-schema.ts';
import { API_VERSION, type ExtensionManifest, type ManifestReport, type Permission } from './manifest.ts';
import { MANIFEST_SCHEMA } from './manifest-schema.ts';
import { MAIN_SCHEMA, OVERLAY_SCHEMA } from './package-files.ts';
import { checkPermissions } from './permissions.ts';
import { plainJson } from './plain-json.ts';
import { enumeration } from './plain-words.ts';
import {
  checkContributions,
  pointsInCode,
  pointsOnOverlay,
  readContributions,
} from './read-contributions.ts';

/** What is read of a package.json; the rest of it is npm's business. */
const FIELDS = ['name', 'version', 'displayName', 'description', 'poseCoach'] as const;

export interface ManifestOptions {
  /** The embedder has the module in hand, so that `main` may be absent. Default: false. */
  readonly module?: boolean;
  /** The same of the overlay module, so that `overlay` may be absent. Default: false. */
  readonly overlay?: boolean;
}

/**
 * Reads the content of an extension's package.json and reports everything that is wrong with it, each fault with its
 * place (a JSON pointer) and what was expected there. What is merely unknown, so that a later version may know it, is
 * a warning and left out. Never throws, whatever is given, and takes bounded time: more than 256 kB, 32 levels or 500
 * contributions to one point (100 rules) are faults.
 */
export function readManifest(packageJson: unknown, options: ManifestOptions = {}): ManifestReport {
  const findings = new Findings();
  const content = contentOf(packageJson, findings);
  if (!content) return refused(findings);
  if (isForOtherVersion(content, findings)) return refused(findings);
  checkJson(content, MANIFEST_SCHEMA, '', findings);

  const known = knownPart(content, MANIFEST_SCHEMA) as JsonObject;
  const extension = isObject(known.poseCoach) ? known.poseCoach : {};
  const declared = readContributions(extension.contributes, findings);
  const { contributes } = declared;
  const scope: ManifestScope = {
    findings,
    prefix: sound(extension, 'prefix', findings),
    permissions: askedFor(extension.permissions),
    declares: declared.declares,
    contributes,
  };
  checkContributions(declared, scope);
  const permissions = soundList<Permission>(extension, 'permissions', findings);
  checkPermissions(permissions, '/poseCoach/permissions', findings);
  checkDependencies(soundList(extension, 'dependencies', findings), String(known.name), findings);
  const needing = pointsInCode(contributes);
  const main = sound(extension, 'main', findings);
  if (extension.main === undefined && !options.module && needing.length > 0)
    reportMissing(MAIN, needing, findings);
  const painting = pointsOnOverlay(contributes);
  const overlay = sound(extension, 'overlay', findings);
  if (extension.overlay === undefined && !options.overlay && painting.length > 0)
    reportMissing(OVERLAY, painting, findings);
  const events =
    extension.activationEvents === undefined ? undefined : soundList(extension, 'activationEvents', findings);
  const runs = main !== undefined || options.module === true;
  const activationEvents = events
    ? knownActivationEvents(events, '/poseCoach/activationEvents', scope)
    : runs
      ? defaultActivationEvents(contributes)
      : [];
  if (findings.faults.length > 0) return refused(findings);

  const name = String(known.name);
  const manifest: ExtensionManifest = {
    id: name,
    version: String(known.version),
    title: typeof known.displayName === 'string' ? known.displayName : name,
    description: typeof known.description === 'string' ? known.description : '',
    apiVersion: API_VERSION,
    prefix: String(extension.prefix),
    main,
    overlay,
    assets: soundList(extension, 'assets', findings),
    activationEvents,
    dependencies: soundList(extension, 'dependencies', findings),
    permissions,
    contributes,
  };
  return { ok: true, manifest: deepFrozen(manifest), warnings: findings.warnings };
}

function refused(findings: Findings): ManifestReport {
  return { ok: false, faults: findings.faults, warnings: findings.warnings };
}

/** The fields that are read, as plain JSON of bounded size. */
function contentOf(packageJson: unknown, findings: Findings): JsonObject | undefined {
  const copy = plainJson(isRecord(packageJson) ? fieldsOf(packageJson) : packageJson);
  if (!copy.ok) {
    findings.fault(copy.path, copy.expected, copy.message);
    return undefined;
  }
  if (isObject(copy.value)) return copy.value;
  findings.fault(
    '',
    'the content of a package.json',
    'This is not the content of a package.json: expected an object.',
  );
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Getters, so that a property that throws does so while it is copied, where it is caught. */
function fieldsOf(packageJson: Readonly<Record<string, unknown>>): object {
  const fields = {};
  for (const field of FIELDS) {
    Object.defineProperty(fields, field, { enumerable: true, get: () => packageJson[field] });
  }
  return fields;
}

/** Another version may have other fields: the difference itself is the news, and all there is to be said. */
function isForOtherVersion({ poseCoach }: JsonObject, findings: Findings): boolean {
  const version =
    isObject(poseCoach) && Object.hasOwn(poseCoach, 'apiVersion') ? poseCoach.apiVersion : undefined;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version === API_VERSION) return false;
  const path = '/poseCoach/apiVersion';
  const advice =
    version > API_VERSION
      ? 'update @pose-coach/core, or take an older version of the extension'
      : 'there is no older one, so write 1';
  findings.fault(
    path,
    String(API_VERSION),
    `${path}: the extension is written for version ${version} of the API and this is version ${API_VERSION}: ${advice}.`,
  );
  return true;
}

function checkDependencies(dependencies: readonly string[], name: string, findings: Findings): void {
  const index = dependencies.indexOf(name);
  if (index === -1) return;
  const path = `/poseCoach/dependencies/${index}`;
  findings.fault(path, 'the name of another extension', `${path}: ${name} cannot wait for itself.`);
}

/** A module that something contributed is nothing without. */
interface NeededModule {
  readonly key: string;
  readonly expected: string | undefined;
}

const MAIN: NeededModule = { key: 'main', expected: MAIN_SCHEMA.expected };
const OVERLAY: NeededModule = { key: 'overlay', expected: OVERLAY_SCHEMA.expected };

function reportMissing(
  { key, expected = '' }: NeededModule,
  points: readonly string[],
  findings: Findings,
): void {
  const path = `/poseCoach/${key}`;
  findings.fault(
    path,
    expected,
    `${path} is missing: it names the code that registers the declared ${enumeration(points)}.`,
  );
}

function sound(extension: JsonObject, key: string, findings: Findings): string | undefined {
  const value = Object.hasOwn(extension, key) ? extension[key] : undefined;
  return typeof value === 'string' && findings.isSound(`/poseCoach/${key}`) ? value : undefined;
}

/** A list of text whose items are looked at further only when the list and all in it fit the schema. */
function soundList<Item extends string>(
  extension: JsonObject,
  key: string,
  findings: Findings,
): readonly Item[] {
  const value = Object.hasOwn(extension, key) ? extension[key] : undefined;
  return Array.isArray(value) && findings.isSound(`/poseCoach/${key}`) ? value : [];
}

/** Also where another permission is faulty; nothing is known when it is no list. */
function askedFor(permissions: JsonValue | undefined): ReadonlySet<JsonValue> | undefined {
  if (permissions === undefined) return new Set();
  return isList(permissions) ? new Set(permissions) : undefined;
}

function deepFrozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value) as JsonValue[]) deepFrozen(part);
  return value;
}
