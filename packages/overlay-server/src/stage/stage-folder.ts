import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@pose-coach/core';
import { readStage, type Stage } from '@pose-coach/core/stage';
import { writePrivateFile } from '../private-file.ts';
import type { StageStore } from './stage-store.ts';

/** Milliseconds that changes are gathered for before they are written: a drag in the editor is twenty a second. */
const WRITE_PERIOD = 300;

/** Bytes of a file over which it is no stage: several times what a stage may take. */
const LARGEST_FILE = 2_000_000;

export interface StageFolderOptions {
  /** The folder with a file per channel; made when it is needed. */
  readonly folder: string;
  readonly clock: Clock;
  /** Tells the operator, in one line. */
  warn(line: string): void;
}

/**
 * Stages in a folder that only this user can read, a file per channel. A file is written beside the old one and takes
 * its place whole; one that cannot be read, or that another server has written, is put aside, not overwritten.
 */
export class StageFolder implements StageStore {
  readonly #options: StageFolderOptions;
  /** The newest stage of each channel whose file does not have it yet. */
  readonly #unwritten = new Map<string, Stage>();
  /** The file of each channel, as it was read or written here last; empty when there was none. */
  readonly #files = new Map<string, string>();
  /** Channels whose stage could not be written the last time. */
  readonly #failing = new Set<string>();
  /** Channels whose stage was found to be written by others as well. */
  readonly #shared = new Set<string>();
  #cancelTimer: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: StageFolderOptions) {
    this.#options = options;
  }

  load(channel: string): Stage | undefined {
    const unwritten = this.#unwritten.get(channel);
    if (unwritten) return unwritten;
    const file = this.#file(channel);
    const stage = this.#read(file);
    this.#files.set(channel, fileState(file));
    return stage;
  }

  save(channel: string, stage: Stage): void {
    this.#unwritten.set(channel, stage);
    this.#cancelTimer ??= this.#options.clock.delay(WRITE_PERIOD, () => {
      this.#cancelTimer = undefined;
      this.#write();
    });
  }

  async close(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#write();
    await this.#writing;
  }

  /** The stage in a file. One that is none is put aside. */
  #read(file: string): Stage | undefined {
    let fault: string;
    try {
      if (statSync(file).size > LARGEST_FILE) fault = `it is larger than ${LARGEST_FILE} bytes.`;
      else {
        const read = readStage(JSON.parse(readFileSync(file, 'utf8')));
        if (read.ok) return read.value;
        fault = read.error.message;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      fault = reasonOf(error);
    }
    this.#putAside(file, fault);
    return undefined;
  }

  /** Writes everything that waits, after what is being written. */
  #write(): void {
    this.#writing = this.#writing.then(async () => {
      for (const [channel, stage] of [...this.#unwritten]) {
        if (!(await this.#writeFile(channel, stage))) continue;
        // A newer one may have come in the meantime; its own turn follows.
        if (this.#unwritten.get(channel) === stage) this.#unwritten.delete(channel);
      }
    });
  }

  /** Whether it was written. One that was not stays in memory, and is tried again with the next change or at the end. */
  async #writeFile(channel: string, stage: Stage): Promise<boolean> {
    const file = this.#file(channel);
    try {
      this.#keepOthers(channel, file);
      await writePrivateFile(file, `${JSON.stringify(stage)}\n`);
      this.#files.set(channel, fileState(file));
      this.#failing.delete(channel);
      return true;
    } catch (error) {
      // Told once: somebody who drags an item would fill the screen with it.
      if (!this.#failing.has(channel)) {
        this.#options.warn(
          `The stage of the channel "${channel}" cannot be kept (${reasonOf(error)}): it will be lost when the server ends. Make room, or choose another folder with --data.`,
        );
      }
      this.#failing.add(channel);
      return false;
    }
  }

  /** Puts a file aside that somebody else has written since: another server, or whoever has it open in an editor. */
  #keepOthers(channel: string, file: string): void {
    const known = this.#files.get(channel);
    const state = fileState(file);
    if (known === undefined || state === '' || state === known) return;
    // One, the newest, lest two servers that take turns fill the disk.
    const aside = `${file}.other`;
    renameSync(file, aside);
    if (this.#shared.has(channel)) return;
    this.#shared.add(channel);
    this.#options.warn(
      `The stage of the channel "${channel}" was also written by somebody else, whose is kept as "${aside}": give each server a folder of its own with --data.`,
    );
  }

  #putAside(file: string, fault: string): void {
    const { clock, warn } = this.#options;
    const aside = `${file}.broken-${Math.floor(clock.now())}`;
    try {
      renameSync(file, aside);
      warn(`The stage in "${file}" cannot be read (${fault}) It is kept as "${aside}"; a new one is begun.`);
    } catch (error) {
      warn(`The stage in "${file}" cannot be read (${fault}), nor moved aside (${reasonOf(error)}).`);
    }
  }

  /**
   * Channel names are letters, digits, dots, dashes and underscores, so that no path gets into this one. Capitals are
   * marked, because some file systems do not tell them apart.
   */
  #file(channel: string): string {
    const name = channel.replace(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`);
    return join(this.#options.folder, `${name}.json`);
  }
}

/** What tells a file from the one that takes its place; empty where there is none to be seen. */
function fileState(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
