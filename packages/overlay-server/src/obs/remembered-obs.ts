import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PoseCoachError } from '@pose-coach/core';
import * as v from 'valibot';

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
  write(remembered: RememberedObs): void {
    const file = this.#file;
    if (file === undefined) {
      throw new PoseCoachError(
        'STORAGE_FAILED',
        'This server keeps no files: connect again after a restart.',
      );
    }
    try {
      mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
      const part = `${file}.${process.pid}.part`;
      writeFileSync(part, `${JSON.stringify(remembered, undefined, 2)}\n`, { mode: 0o600 });
      // The mode above is for a new file only.
      chmodSync(part, 0o600);
      renameSync(part, file);
    } catch (cause) {
      throw new PoseCoachError(
        'STORAGE_FAILED',
        `OBS is connected, but cannot be remembered (${(cause as NodeJS.ErrnoException).code ?? 'no reason given'}): connect again after a restart.`,
        { cause },
      );
    }
  }

  forget(): void {
    if (this.#file !== undefined) rmSync(this.#file, { force: true });
  }
}
