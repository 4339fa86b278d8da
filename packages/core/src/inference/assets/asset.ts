/** A file that an engine needs, and what is known of it before it is fetched. */
export interface Asset {
  /** An absolute address; in messages it names the file. */
  readonly url: string;
  /** Its size. */
  readonly bytes?: number | undefined;
  /** Its checksum, in lower-case hexadecimal digits. */
  readonly sha256?: string | undefined;
}

/** Bytes of one file, or of several; the total is 0 as long as it is not known. */
export type Progress = (loaded: number, total: number) => void;
