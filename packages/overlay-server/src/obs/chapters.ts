import { appendFile, mkdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Clock, PoseCoachError } from '@pose-coach/core';
import * as v from 'valibot';
import { isLoopback } from './obs-address.ts';
import { ANSWERS, OUTPUT_EVENT, OUTPUT_SETTLED } from './obs-answers.ts';
import type { ObsConnection } from './obs-connection.ts';

/** What a chapter file's name ends with. */
const SUFFIX = '.chapters.txt';

/** Marks places in what OBS records: chapters of the file where OBS has them, else lines of a text file beside it. */
export class Chapters {
  readonly #folder: string | undefined;
  readonly #clock: Clock;
  /** The text file of the recording that runs, once it has one. */
  #file: string | undefined;
  /** What is recorded now, as far as OBS has said. */
  #recording: string | undefined;

  /** @param folder where the text file is when the recording is not on this machine */
  constructor(folder: string | undefined, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /**
   * Follows an OBS that has just been connected, to know which file it records. What was recorded before is forgotten:
   * it may have ended while nobody heard of it.
   */
  follow(connection: ObsConnection): void {
    this.#file = undefined;
    this.#recording = undefined;
    connection.on(['RecordStateChanged'], (data) => {
      const state = v.safeParse(OUTPUT_EVENT, data);
      if (!state.success || !OUTPUT_SETTLED.includes(state.output.outputState)) return;
      this.#file = undefined;
      this.#recording = state.output.outputPath ?? undefined;
    });
  }

  /**
   * Marks the present moment of the recording.
   * @param native whether this OBS has chapters
   * @throws PoseCoachError as `ObsConnection.ask`; `OBS_FAILED` when nothing is recorded; `STORAGE_FAILED`
   */
  async mark(
    connection: ObsConnection,
    address: string,
    native: boolean,
    title: string,
  ): Promise<{ how: 'chapter' | 'file'; file?: string }> {
    const { outputActive, outputDuration } = await connection.ask(ANSWERS.output, 'GetRecordStatus');
    if (!outputActive) {
      throw new PoseCoachError(
        'OBS_FAILED',
        'Nothing is being recorded: start recording, then set chapters.',
      );
    }
    const line = plainLine(title);
    if (native && (await hasChapter(connection, line))) return { how: 'chapter' };
    this.#file ??= await this.#place(isLoopback(address));
    await this.#append(this.#file, `${timecode(outputDuration)} ${line}\n`);
    return { how: 'file', file: this.#file };
  }

  /** Beside the recording when that is on this machine; else in the folder, named for the recording or its time. */
  async #place(here: boolean): Promise<string> {
    const recording = this.#recording;
    if (here && recording !== undefined && (await isFile(recording))) {
      return `${recording.slice(0, recording.length - extname(recording).length)}${SUFFIX}`;
    }
    if (this.#folder === undefined) {
      throw new PoseCoachError(
        'STORAGE_FAILED',
        'This OBS has no chapters for this kind of recording, and there is no folder to write them to. In OBS 30.2 or newer, choose Hybrid MP4 under Settings → Output → Recording Format.',
      );
    }
    const time = new Date(this.#clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
    // Of a path from another machine, Windows' perhaps, only the last part, and of that only harmless characters.
    const name = basename((recording ?? '').replaceAll('\\', '/')).replace(/[^\p{L}\p{N} ._-]/gu, '_');
    const title = name.slice(0, name.length - extname(name).length).replace(/^\.+/, '');
    return join(this.#folder, `${title === '' ? `recording ${time}` : title}${SUFFIX}`);
  }

  async #append(file: string, text: string): Promise<void> {
    try {
      if (this.#folder !== undefined) await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await appendFile(file, text);
    } catch (cause) {
      throw new PoseCoachError(
        'STORAGE_FAILED',
        `The chapter cannot be written to ${file}: see that there is room, and that it may be written.`,
        { cause },
      );
    }
  }
}

/** Sets a chapter, or says that this recording has none: only OBS's Hybrid MP4 and MOV do. */
async function hasChapter(connection: ObsConnection, title: string): Promise<boolean> {
  try {
    await connection.tell('CreateRecordChapter', { chapterName: title });
    return true;
  } catch (error) {
    if (error instanceof PoseCoachError && error.code === 'OBS_FAILED') return false;
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** `01:02:03.450`, from milliseconds. */
function timecode(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes, seconds] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60];
  const clock = [hours, minutes, seconds].map((part) => two(Math.floor(part))).join(':');
  return `${clock}.${String(whole % 1000).padStart(3, '0')}`;
}

function plainLine(title: string): string {
  return title.replace(/\p{Cc}+/gu, ' ').trim();
}
