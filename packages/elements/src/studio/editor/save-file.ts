/** Characters that no file system minds. */
const ODD_CHARACTERS = /[^\p{L}\p{N} ._-]+/gu;

/** Gives somebody a text as a file, into their folder of downloads. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(ODD_CHARACTERS, '-');
  link.click();
  // The download has begun by then, also in browsers that begin it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
