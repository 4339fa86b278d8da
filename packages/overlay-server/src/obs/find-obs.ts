import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PoseCoachError } from '@pose-coach/core';
import * as v from 'valibot';
import { OBS_PORT } from './obs-address.ts';
import type { ObsTarget } from './obs-link.ts';
import { type ObsPlaces, settingsFolders } from './obs-places.ts';

/** Where OBS 30.2 and newer keep the settings of their WebSocket server, below OBS's own folder. */
const SETTINGS_FILE = join('plugin_config', 'obs-websocket', 'config.json');

/** Where OBS 28 to 30.1 keep them, in this section. */
const OLD_SETTINGS_FILE = 'global.ini';
const OLD_SECTION = 'obswebsocket';

/** Bytes of a settings file that are read at most; those of OBS have a few thousand. */
const MAXIMUM_FILE_SIZE = 1_000_000;

/** OBS's WebSocket server as its settings on this machine have it. */
export interface LocalObs {
  /** Whether it is switched on. */
  readonly enabled: boolean;
  readonly target: ObsTarget;
}

/** As OBS writes it; what is missing or of another type has its default, as there. */
const settingsSchema = v.object({
  server_enabled: v.fallback(v.boolean(), false),
  server_port: v.fallback(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(65_535)), OBS_PORT),
  auth_required: v.fallback(v.boolean(), true),
  server_password: v.fallback(v.string(), ''),
});

/**
 * Reads OBS's settings on this machine. Undefined when there are none; of several OBS (a package and a Flatpak) the
 * one whose server is on.
 */
export async function findLocalObs(places: ObsPlaces): Promise<LocalObs | undefined> {
  const found: LocalObs[] = [];
  for (const folder of settingsFolders(places)) {
    const settings = (await readSettings(join(folder, SETTINGS_FILE))) ?? (await readOldSettings(folder));
    if (settings) found.push(localObs(settings));
  }
  return found.find(({ enabled }) => enabled) ?? found[0];
}

/**
 * The OBS of this machine, to connect to.
 * @throws PoseCoachError `OBS_UNREACHABLE`: it is not there, or its WebSocket server is off
 */
export async function localTarget(places: ObsPlaces): Promise<ObsTarget> {
  const local = await findLocalObs(places);
  if (local?.enabled) return local.target;
  throw new PoseCoachError('OBS_UNREACHABLE', localWords(local));
}

/** What was found, and what to do next. */
export function localWords(local: LocalObs | undefined): string {
  if (!local) {
    return 'No OBS has been used on this computer by the user of this server. Start OBS once; or, when it is on another computer, give its address and password.';
  }
  return local.enabled
    ? 'OBS is on this computer, and its WebSocket server is switched on.'
    : 'The WebSocket server of OBS is switched off. In OBS, open Tools → WebSocket Server Settings and tick “Enable WebSocket server”.';
}

function localObs(settings: v.InferOutput<typeof settingsSchema>): LocalObs {
  const address = `ws://127.0.0.1:${settings.server_port}`;
  const target = settings.auth_required ? { address, password: settings.server_password } : { address };
  return { enabled: settings.server_enabled, target };
}

async function readSettings(file: string): Promise<v.InferOutput<typeof settingsSchema> | undefined> {
  const text = await readShort(file);
  if (text === undefined) return undefined;
  try {
    return v.parse(settingsSchema, JSON.parse(text));
  } catch (cause) {
    throw new PoseCoachError(
      'OBS_UNREACHABLE',
      `The settings of OBS's WebSocket server cannot be read (${file}): open them in OBS under Tools → WebSocket Server Settings and save them, or give address and password.`,
      { cause },
    );
  }
}

async function readOldSettings(folder: string): Promise<v.InferOutput<typeof settingsSchema> | undefined> {
  const text = await readShort(join(folder, OLD_SETTINGS_FILE));
  if (text === undefined) return undefined;
  const values = sectionOf(text, OLD_SECTION);
  return v.parse(settingsSchema, {
    server_enabled: truth(values.get('serverenabled')),
    server_port: Number(values.get('serverport') ?? OBS_PORT),
    auth_required: truth(values.get('authrequired') ?? 'true'),
    server_password: values.get('serverpassword') ?? '',
  });
}

function truth(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true' || Number.parseInt(text ?? '0', 10) > 0;
}

/**
 * One section of an .ini file of OBS, names in lower case: `name=value` in lines, spaces around either left out,
 * `\n`, `\r` and `\\` in values for what they stand for, in this order, as OBS itself reads it.
 */
function sectionOf(text: string, section: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let within = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    const [, name, value] = /^\s*([^#=][^=]*?)\s*=(.*)$/.exec(line) ?? [];
    if (heading !== undefined) within = heading.trim().toLowerCase() === section;
    else if (within && name !== undefined && value !== undefined) {
      values.set(name.toLowerCase(), unescaped(value.trim()));
    }
  }
  return values;
}

function unescaped(value: string): string {
  return value.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\\\', '\\');
}

/** A file's text; undefined when there is none, or it is no file of this kind. */
async function readShort(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > MAXIMUM_FILE_SIZE ? undefined : await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new PoseCoachError(
      'OBS_UNREACHABLE',
      `The settings of OBS cannot be read (${file}): give its address and password instead.`,
      { cause: error },
    );
  }
}
