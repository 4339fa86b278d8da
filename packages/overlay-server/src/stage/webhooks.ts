import { type ErrorCode, PoseCoachError } from '@pose-coach/core';
import type { JsonValue } from '@pose-coach/core/protocol';

/** Milliseconds that a webhook may take. */
const ANSWER_WITHIN = 5000;

/** Webhooks on their way at once: more of them means that the other end does not keep up. */
const AT_ONCE = 5;

/** Posts JSON to addresses whose origin the operator has allowed. */
export class Webhooks {
  readonly origins: readonly string[];
  readonly #answerWithin: number;
  readonly #ending = new AbortController();
  #underway = 0;

  /**
   * @param origins `https://example.org`, each
   * @param answerWithin milliseconds that one may take
   * @throws PoseCoachError `OPTION_INVALID` for an origin that is none
   */
  constructor(origins: readonly string[], answerWithin = ANSWER_WITHIN) {
    this.origins = origins.map(checkOrigin);
    this.#answerWithin = answerWithin;
  }

  /**
   * Sees whether a webhook may go to an address.
   * @throws PoseCoachError `PERMISSION_DENIED` with the flag that would allow it
   */
  check(address: string): URL {
    if (!URL.canParse(address)) throw refusal(`"${address}" is no address: it begins with https://.`);
    const url = new URL(address);
    if (!this.origins.includes(url.origin)) {
      throw refusal(
        `Webhooks to ${url.origin} are not allowed: start the server with --webhook ${url.origin}.`,
      );
    }
    return url;
  }

  /**
   * Posts JSON, follows no redirect, and reads nothing of the answer but its status.
   * @throws PoseCoachError `PERMISSION_DENIED`, `RATE_LIMITED`, `CONNECTION_LOST`
   */
  async post(address: string, body: JsonValue): Promise<void> {
    const url = this.check(address);
    if (this.#underway >= AT_ONCE) {
      throw refusal(
        `This webhook was not sent: ${AT_ONCE} are waiting for an answer. Give the trigger a longer cool-down.`,
        'RATE_LIMITED',
      );
    }
    this.#underway += 1;
    try {
      await this.#send(url, body);
    } finally {
      this.#underway -= 1;
    }
  }

  /** Breaks off what is underway. */
  dispose(): void {
    this.#ending.abort();
  }

  async #send(url: URL, body: JsonValue): Promise<void> {
    // Not AbortSignal.any, which Node 20.0 does not have.
    const stopped = new AbortController();
    const stop = () => stopped.abort();
    const timer = setTimeout(stop, this.#answerWithin);
    this.#ending.signal.addEventListener('abort', stop, { once: true });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: stopped.signal,
      });
      await response.body?.cancel();
      if (response.ok) return;
      const { status } = response;
      throw refusal(
        status >= 300 && status < 400
          ? `${url.origin} answered with a redirect (${status}), and redirects are not followed: enter the address that it leads to.`
          : `${url.origin} answered with status ${status}: see that the address is right and takes POST.`,
        'CONNECTION_LOST',
      );
    } catch (thrown) {
      if (thrown instanceof PoseCoachError) throw thrown;
      throw refusal(
        stopped.signal.aborted
          ? `${url.origin} did not answer within ${this.#answerWithin / 1000} s: see that it runs.`
          : `${url.origin} cannot be reached: see that it runs and that the address is right.`,
        'CONNECTION_LOST',
        thrown,
      );
    } finally {
      clearTimeout(timer);
      this.#ending.signal.removeEventListener('abort', stop);
    }
  }
}

/** Only of the web: what has no origin would let everything through that has none either. */
function checkOrigin(text: string): string {
  const { protocol, origin } = URL.canParse(text) ? new URL(text) : { protocol: '', origin: '' };
  if (protocol === 'https:' || protocol === 'http:') return origin;
  throw refusal(`A webhook’s origin is like https://example.org, and not "${text}".`, 'OPTION_INVALID');
}

function refusal(words: string, code: ErrorCode = 'PERMISSION_DENIED', cause?: unknown): PoseCoachError {
  return new PoseCoachError(code, words, cause === undefined ? {} : { cause });
}
