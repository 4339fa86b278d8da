import { readFileSync, renameSync, statSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@pose-coach/core';
import { readStage, type Stage } from '@pose-coach/core/stage';
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
 * its place whole; one that cannot be read is put aside, never overwritten.
 */
export class StageFolder implements StageStore {
  readonly #options: StageFolderOptions;
  /** The newest stage of each channel whose file does not have it yet. */
  readonly #unwritten = new Map<string, Stage>();
  #cancelTimer: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: StageFolderOptions) {
    this.#options = options;
  }

  load(channel: string): Stage | undefined {
    const unwritten = this.#unwritten.get(channel);
    if (unwritten) return unwritten;
    const file = this.#file(channel);
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
      fault = error instanceof Error ? error.message : String(error);
    }
    this.#putAside(file, fault);
    return undefined;
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
    const part = `${file}.${process.pid}.part`;
    try {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      await writeFile(part, `${JSON.stringify(stage)}\n`, { mode: 0o600 });
      // The mode above is for a new file only.
      await chmod(part, 0o600);
      await rename(part, file);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.warn(
        `The stage of the channel "${channel}" cannot be kept (${reason}): it will be lost when the server ends. Make room, or choose another folder with --data.`,
      );
      await rm(part, { force: true }).catch(() => {});
      return false;
    }
  }

  #putAside(file: string, fault: string): void {
    const { clock, warn } = this.#options;
    const aside = `${file}.broken-${Math.floor(clock.now())}`;
    try {
      renameSync(file, aside);
      warn(`The stage in "${file}" cannot be read (${fault}) It is kept as "${aside}"; a new one is begun.`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(`The stage in "${file}" cannot be read (${fault}), nor moved aside (${reason}).`);
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
