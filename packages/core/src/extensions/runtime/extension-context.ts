import { type Disposable, type JsonValue, PoseCoachError } from '../../base/index.ts';
import type {
  Configuration,
  ExtensionContext,
  GlobalState,
  Log,
  NetworkRequest,
  SettingValues,
} from '../api/extension-api.ts';
import type { ExtensionServices, LogLevel } from '../host.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { jsonCopy } from './json-copy.ts';
import { Listeners } from './listeners.ts';

/** What the context is made of. */
export interface ContextParts {
  readonly manifest: ExtensionManifest;
  readonly permissions: readonly string[];
  readonly services: Omit<ExtensionServices, 'failed'>;
  readonly settings: SettingValues;
  /** Throws when the extension has been stopped. */
  readonly requireRunning: () => void;
}

/** The context and its owner's side. */
export interface OwnedContext {
  readonly context: ExtensionContext;
  /** Takes over new settings and tells the listeners; throws what one of them throws. */
  configure(settings: SettingValues, changed: readonly string[]): void;
  /** Disposes what is in `subscriptions`, the last first, and gives back what their disposals threw. */
  dispose(): readonly unknown[];
}

/** Makes what an extension gets as `context`. It is frozen, and nothing but its own functions can be reached from it. */
export function makeContext(parts: ContextParts): OwnedContext {
  const { manifest, permissions, requireRunning } = parts;
  const { id, prefix, version } = manifest;
  const subscriptions: Disposable[] = [];
  const { configuration, configure, forget } = makeConfiguration(parts);
  const context: ExtensionContext = {
    extension: Object.freeze({ id, prefix, version }),
    subscriptions,
    configuration,
    globalState: makeGlobalState(parts),
    log: makeLog(parts),
    permissions: Object.freeze([...permissions]),
    asset: async (path) => {
      requireRunning();
      return parts.services.asset(text(path, 'The path of an asset'));
    },
    fetch: async (url, request = {}) => {
      requireRunning();
      return parts.services.fetch(text(url, 'The address to fetch'), plainRequest(request));
    },
  };
  return {
    context: Object.freeze(context),
    configure,
    dispose: () => {
      forget();
      return disposeAll(subscriptions);
    },
  };
}

function makeConfiguration({ manifest, settings, requireRunning }: ContextParts) {
  let values = ownCopy(settings);
  const changes = new Listeners<readonly string[]>(requireRunning);
  const configuration: Configuration = {
    get: (id) => {
      const value = values.get(id);
      if (value === undefined) {
        throw new PoseCoachError(
          'SETTING_INVALID',
          `${manifest.title} declares no setting ${String(id)}: add it to poseCoach.contributes.configuration in package.json, or correct the id.`,
        );
      }
      return value;
    },
    onDidChange: changes.event,
  };
  return {
    configuration: Object.freeze(configuration),
    configure: (next: SettingValues, changed: readonly string[]) => {
      values = ownCopy(next);
      changes.fire(Object.freeze([...changed]));
    },
    forget: () => changes.clear(),
  };
}

/** The settings as the extension's own: what it does to a list or object that it got is seen by nobody else. */
function ownCopy(settings: SettingValues): ReadonlyMap<string, JsonValue> {
  return new Map(Object.entries(settings).map(([id, value]) => [id, jsonCopy(value, `The setting ${id}`)]));
}

function makeGlobalState({ services, requireRunning }: ContextParts): GlobalState {
  return Object.freeze<GlobalState>({
    get: async (key) => {
      requireRunning();
      return services.stateGet(text(key, 'A key of globalState'));
    },
    set: async (key, value) => {
      requireRunning();
      const kept = value === undefined ? undefined : jsonCopy(value, `The value for ${String(key)}`);
      await services.stateSet(text(key, 'A key of globalState'), kept);
    },
    keys: async () => {
      requireRunning();
      return services.stateKeys();
    },
  });
}

function makeLog({ services, requireRunning }: ContextParts): Log {
  const write = (level: LogLevel, message: unknown) => {
    requireRunning();
    services.log(level, String(message));
  };
  return Object.freeze<Log>({
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message) => write('error', message),
  });
}

/** The request with what it may consist of, so that both hosts pass on the same. */
function plainRequest({ method, headers, body }: NetworkRequest): NetworkRequest {
  const fields = Object.entries(headers ?? {}).map(([name, value]) => [name, text(value, `Header ${name}`)]);
  if (body !== undefined && typeof body !== 'string' && !(body instanceof ArrayBuffer)) {
    throw new PoseCoachError('OPTION_INVALID', 'The body of a request must be text or an ArrayBuffer.');
  }
  return {
    ...(method === undefined ? {} : { method: text(method, 'The method of a request') }),
    ...(headers === undefined ? {} : { headers: Object.fromEntries(fields) }),
    ...(body === undefined ? {} : { body }),
  };
}

function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new PoseCoachError('OPTION_INVALID', `${what} must be text, but is ${typeof value}.`);
}

function disposeAll(subscriptions: Disposable[]): readonly unknown[] {
  const thrown: unknown[] = [];
  while (subscriptions.length > 0) {
    try {
      // Foreign code may have put anything in: what cannot be disposed is one complaint among the others.
      (subscriptions.pop() as Disposable).dispose();
    } catch (error) {
      thrown.push(error);
    }
  }
  return thrown;
}
