import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Whether a hostname as a URL has it (IPv6 in brackets) is this machine's loopback. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** Decides which pages may connect. */
export interface OriginPolicy {
  /**
   * @param origin the `Origin` header; absent for programs that are no browsers
   * @param host the `Host` header
   */
  allows(origin: string | undefined, host: string | undefined): boolean;
}

/**
 * A page may connect when it was named, when it comes from this machine's loopback and the server listens there, or
 * when the server itself served it. The last is believed of IP addresses and of the machine's own name only: a
 * stranger's name can be made to point here (DNS rebinding), and then origin and host agree as well.
 *
 * @param allowed origins named by the operator: `https://example.org`
 * @param boundTo the host that the server listens on
 */
export function originPolicy(allowed: readonly string[], boundTo: string): OriginPolicy {
  const named = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, '')));
  const loopbackServed = isLoopback(boundTo) || isWildcard(boundTo);
  return {
    allows(origin, host) {
      if (origin === undefined) return true;
      if (named.has(origin.toLowerCase())) return true;
      const url = parse(origin);
      if (!url) return false;
      if (loopbackServed && isLoopback(url.hostname)) return true;
      return host !== undefined && url.host === host.toLowerCase() && isOwnName(url.hostname);
    },
  };
}

/** Whether a bind address means every interface. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Whether a name cannot be anybody else's: a number, or what this machine is called. */
export function isOwnName(name: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '');
  const own = hostname().toLowerCase();
  return isIP(bare) !== 0 || isLoopback(name) || name === own || name === `${own}.local`;
}

function parse(origin: string): URL | undefined {
  try {
    return new URL(origin);
  } catch {
    return undefined;
  }
}
