import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PoseCoachError } from '@pose-coach/core';
import * as v from 'valibot';
import { writePrivateFile } from '../private-file.ts';

/** Which OBS was remembered: another one by address and password, or, without an address, that of this machine. */
export interface RememberedObs {
  readonly address?: string;
  readonly password?: string;
}

const schema = v.object({ address: v.exactOptional(v.string()), password: v.exactOptional(v.string()) });

/** Remembers which OBS to connect to when the server starts again, in a file that only this user can read. */
export class ObsMemory {
  readonly #file: string | undefined;

  /** @param folder where the file is kept; absent: nothing can be remembered */
  constructor(folder: string | undefined) {
    this.#file = folder === undefined ? undefined : join(folder, 'obs.json');
  }

  /** Undefined when nothing is remembered, or the file holds something else. */
  read(): RememberedObs | undefined {
    if (this.#file === undefined) return undefined;
    try {
      return v.parse(schema, JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      // Whatever is wrong with it, the answer is the same: somebody has to connect again, as the studio shows.
      return undefined;
    }
  }

  /** @throws PoseCoachError `STORAGE_FAILED` */
  async write(remembered: RememberedObs): Promise<void> {
    if (this.#file === undefined) {
      throw new PoseCoachError(
        'STORAGE_FAILED',
        'This server keeps no files: connect again after a restart.',
      );
    }
    try {
      await writePrivateFile(this.#file, `${JSON.stringify(remembered, undefined, 2)}\n`);
    } catch (cause) {
      throw failed('OBS cannot be remembered', 'connect again after a restart', cause);
    }
  }

  /** @throws PoseCoachError `STORAGE_FAILED` */
  async forget(): Promise<void> {
    if (this.#file === undefined) return;
    try {
      await rm(this.#file, { force: true });
    } catch (cause) {
      throw failed('OBS cannot be forgotten', `remove the file ${this.#file}`, cause);
    }
  }
}

function failed(what: string, advice: string, cause: unknown): PoseCoachError {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'no reason given';
  return new PoseCoachError('STORAGE_FAILED', `${what} (${reason}): ${advice}.`, { cause });
}
