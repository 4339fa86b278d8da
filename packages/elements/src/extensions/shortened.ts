/** Characters of what an extension says that are shown at most: some lines of a card. */
const LONGEST = 400;

/** Text as far as anybody reads it: what an extension says can have megabytes. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
