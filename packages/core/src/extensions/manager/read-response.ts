import { PoseCoachError } from '../../base/index.ts';

/** Reads a body of at most `limit` bytes, and stops reading behind it. @throws PoseCoachError `PAYLOAD_TOO_LARGE` */
export async function readResponse(response: Response, limit: number): Promise<ArrayBuffer> {
  const tooLarge = () =>
    new PoseCoachError(
      'PAYLOAD_TOO_LARGE',
      `${response.url || 'The answer'} is larger than ${limit / 1e6} MB, which is the most that is read here.`,
    );
  if (Number(response.headers.get('content-length')) > limit) {
    await response.body?.cancel();
    throw tooLarge();
  }
  if (response.body === null) return response.arrayBuffer();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes.buffer;
}
