/** How much has arrived, in millions of bytes, which is what download speeds are told in; undefined when there is nothing to wait for, or nobody knows how much. */
export function megabytesOf(loaded: number, total: number): string | undefined {
  return total > loaded ? `${megabytes(loaded)} of ${megabytes(total)} MB` : undefined;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
