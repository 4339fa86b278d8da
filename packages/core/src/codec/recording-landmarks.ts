import type { Landmark } from '../pose/index.ts';
import { type ByteReader, finite, refuse } from './byte-reader.ts';
import { type ByteWriter, refuseFrame } from './byte-writer.ts';

/*
 * A list of landmarks in a recording: u16 count, u8 flags, then per landmark f32 x, y, z and what the flags say.
 * Visibility and presence of world landmarks are those of the image landmarks in every engine so far: a list
 * that only repeats them does not store them again.
 */
const HAS_LIKELIHOODS = 1;
const HAS_PRESENCE = 2;

const FLOAT_BYTES = 4;
const POSITION_FLOATS = 3;

/** Stands for "the engine does not tell the presence of this one" in a list that has presences. */
const NO_PRESENCE = Number.NaN;

function stride(flags: number): number {
  const likelihoods = (flags & HAS_LIKELIHOODS) === 0 ? 0 : (flags & HAS_PRESENCE) === 0 ? 1 : 2;
  return POSITION_FLOATS + likelihoods;
}

function repeats(landmarks: readonly Landmark[], twins: readonly Landmark[]): boolean {
  return (
    landmarks.length === twins.length &&
    landmarks.every(({ visibility, presence }, index) => {
      const twin = twins[index];
      return twin !== undefined && Object.is(visibility, twin.visibility) && presence === twin.presence;
    })
  );
}

/** @param twins the landmarks whose visibility and presence these repeat, if they do */
export function writeExactLandmarks(
  writer: ByteWriter,
  landmarks: readonly Landmark[],
  twins?: readonly Landmark[],
): void {
  const inherited = twins !== undefined && repeats(landmarks, twins);
  const hasPresence = !inherited && landmarks.some(({ presence }) => presence !== undefined);
  const flags = (inherited ? 0 : HAS_LIKELIHOODS) | (hasPresence ? HAS_PRESENCE : 0);
  writer.unsigned(landmarks.length, 2, 'the number of landmarks');
  writer.unsigned(flags, 1);
  let at = writer.take(landmarks.length * stride(flags) * FLOAT_BYTES);
  const { view } = writer;
  const write = (value: number) => {
    view.setFloat32(at, value, true);
    at += FLOAT_BYTES;
  };
  for (const { x, y, z, visibility, presence } of landmarks) {
    write(checkedFloat32(x));
    write(checkedFloat32(y));
    write(checkedFloat32(z));
    if (!inherited) write(checkedFloat32(visibility));
    if (hasPresence) write(presence === undefined ? NO_PRESENCE : checkedFloat32(presence));
  }
}

function checkedFloat32(value: number): number {
  return Number.isFinite(Math.fround(value)) ? value : refuseFrame(`a landmark has the number ${value}`);
}

/** @param twins as given to `writeExactLandmarks` */
export function readExactLandmarks(reader: ByteReader, twins?: readonly Landmark[]): Landmark[] {
  const count = reader.unsigned(2);
  const flags = reader.unsigned(1);
  if (flags > (HAS_LIKELIHOODS | HAS_PRESENCE) || flags === HAS_PRESENCE) refuse('a list has unknown flags.');
  const inherited = flags === 0;
  if (inherited && twins?.length !== count) refuse('a list of world landmarks has no image landmarks.');
  let at = reader.take(count * stride(flags) * FLOAT_BYTES);
  const { view } = reader;
  const read = () => {
    const value = view.getFloat32(at, true);
    at += FLOAT_BYTES;
    return value;
  };
  const landmarks: Landmark[] = [];
  for (let index = 0; index < count; index += 1) {
    const x = finite(read());
    const y = finite(read());
    const z = finite(read());
    const twin = inherited ? twins?.[index] : undefined;
    const visibility = twin === undefined ? finite(read()) : twin.visibility;
    const presence = (flags & HAS_PRESENCE) === 0 ? twin?.presence : read();
    landmarks.push(
      presence === undefined || Number.isNaN(presence)
        ? { x, y, z, visibility }
        : { x, y, z, visibility, presence: finite(presence) },
    );
  }
  return landmarks;
}
