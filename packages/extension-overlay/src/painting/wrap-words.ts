/**
 * Breaks a text between words into lines that fit, the last cut off with an ellipsis when there is more.
 * @param width of a text in the unit of `room`
 */
export function wrapWords(
  text: string,
  room: number,
  mostLines: number,
  width: (text: string) => number,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && width(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  const cut = lines.length > mostLines;
  return lines
    .slice(0, mostLines)
    .map((each, index) => shortened(each, room, cut && index === mostLines - 1, width));
}

function shortened(line: string, room: number, goesOn: boolean, width: (text: string) => number): string {
  if (!goesOn && width(line) <= room) return line;
  const letters = [...line];
  while (letters.length > 1 && width(`${letters.join('')}…`) > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
