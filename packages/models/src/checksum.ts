import { createHash } from 'node:crypto';
import { ModelsError } from './models-error.ts';

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Throws `ASSET_INVALID`, naming the file, what was expected and what was found, unless the bytes are those pinned. */
export function verifyChecksum(file: string, bytes: Uint8Array, expected: string): void {
  const found = sha256(bytes);
  if (found === expected) return;
  throw new ModelsError(
    'ASSET_INVALID',
    `${file} is not the file that was pinned: expected SHA-256 ${expected}, found ${found} (${bytes.length} bytes). ` +
      'Install the exact version again; if the change is wanted, check the new file and pin its checksum.',
  );
}
