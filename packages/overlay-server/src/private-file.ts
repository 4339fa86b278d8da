import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Files written so far, which tells apart those that are written at once. */
let written = 0;

/**
 * Writes a file that only this user can read, whole or not at all: it is made beside the old one, which it replaces
 * when it is on the disk. The folder is made when it is not there.
 * @throws Error of the file system; nothing is left behind then
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  written += 1;
  const part = `${file}.${process.pid}-${written}.part`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      await handle.writeFile(text);
      // Without it the new name may be on the disk before what is in the file, when the power fails.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}
