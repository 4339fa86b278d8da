import type { Findings } from './findings.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Permission } from './manifest.ts';
import { quote, within } from './plain-words.ts';

const PLAIN_PERMISSIONS = ['poses', 'hands', 'audio', 'storage', 'frames', 'obs'] as const;

/** Understood, so that manifests may already ask; no part of Pose Coach gives them to extensions yet. */
export const RESERVED_PERMISSIONS: readonly Permission[] = ['frames', 'obs'];

const NETWORK = 'network:';

/** `permissions` in a manifest. */
export const PERMISSIONS_SCHEMA: JsonSchema = {
  type: 'array',
  title: 'Permissions',
  description:
    'What the extension may reach; what is not listed cannot be reached. poses and hands are granted without a question, for anything else the page is asked.',
  examples: [['poses'], ['poses', 'storage', 'network:https://api.example.com']],
  uniqueItems: true,
  maxItems: 50,
  items: {
    type: 'string',
    maxLength: 300,
    anyOf: [{ enum: PLAIN_PERMISSIONS }, { pattern: '^network:https?://[^/?#\\s]+$' }],
    expected: `one of ${PLAIN_PERMISSIONS.join(', ')}, or network: and an https origin such as network:https://api.example.com`,
  },
};

/** What the schema cannot say: that origins are origins, and which permissions nobody gives yet. */
export function checkPermissions(permissions: readonly Permission[], path: string, findings: Findings): void {
  for (const [index, permission] of permissions.entries()) {
    const place = within(path, index);
    if (permission.startsWith(NETWORK)) {
      checkOrigin(permission.slice(NETWORK.length), place, findings);
    } else if (RESERVED_PERMISSIONS.includes(permission)) {
      findings.warn(
        place,
        'a permission that is given today',
        `${place}: ${permission} is reserved for a later version, and nothing gives it yet.`,
      );
    }
  }
}

function checkOrigin(origin: string, place: string, findings: Findings): void {
  const url = parsed(origin);
  const expected = 'network: and an https origin such as network:https://api.example.com';
  if (url?.origin !== origin) {
    const better = url && url.origin !== 'null' ? `: write ${quote(url.origin)}` : '';
    findings.fault(place, expected, `${place}: ${quote(origin)} is not an origin${better}.`);
  } else if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    findings.fault(
      place,
      expected,
      `${place}: ${quote(origin)} is not encrypted: only this machine may be asked over http.`,
    );
  }
}

/** Hosts that browsers take for this machine: https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    // The one thing that it throws for is text that is no URL, which is the answer.
    return undefined;
  }
}
