import { type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { NetworkRequest } from '../api/extension-api.ts';
import type { ExtensionServices, LogLevel } from '../host.ts';

/** The outside of an extension under test: remembers what it was asked and answers with what is given here. */
export class RecordedServices implements ExtensionServices {
  /** `info hello`, in order. */
  readonly lines: string[] = [];
  readonly failures: PoseCoachError[] = [];
  readonly executed: (readonly [id: string, values: readonly JsonValue[]])[] = [];
  readonly fetched: (readonly [url: string, request: NetworkRequest])[] = [];
  readonly state = new Map<string, JsonValue>();
  /** Commands of others: what they answer. */
  readonly commands = new Map<string, (...values: readonly JsonValue[]) => Promise<JsonValue | undefined>>();
  readonly assets = new Map<string, ArrayBuffer>();
  /** Origins that may be asked. */
  readonly origins = new Set<string>();

  /** What was logged, as the JSON it was written as. */
  get said(): readonly unknown[] {
    return this.lines.map((line) => JSON.parse(line.slice(line.indexOf(' ') + 1)));
  }

  log(level: LogLevel, message: string): void {
    this.lines.push(`${level} ${message}`);
  }

  async executeCommand(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined> {
    this.executed.push([id, values]);
    const command = this.commands.get(id);
    if (!command) throw new PoseCoachError('COMMAND_NOT_FOUND', `There is no command ${id}.`);
    return command(...values);
  }

  async stateGet(key: string): Promise<JsonValue | undefined> {
    return this.state.get(key);
  }

  async stateSet(key: string, value: JsonValue | undefined): Promise<void> {
    if (value === 'too much') throw new PoseCoachError('STORAGE_FAILED', 'The store is full.');
    if (value === undefined) this.state.delete(key);
    else this.state.set(key, value);
  }

  async stateKeys(): Promise<readonly string[]> {
    return [...this.state.keys()];
  }

  async asset(path: string): Promise<ArrayBuffer> {
    const bytes = this.assets.get(path);
    if (!bytes) throw new PoseCoachError('ASSET_NOT_FOUND', `There is no file ${path}.`);
    return bytes.slice(0);
  }

  async fetch(url: string, request: NetworkRequest) {
    this.fetched.push([url, request]);
    const { origin } = new URL(url);
    if (!this.origins.has(origin)) {
      throw new PoseCoachError('PERMISSION_DENIED', `The permission network:${origin} is missing.`);
    }
    return {
      status: 201,
      headers: { 'content-type': 'text/plain' },
      body: new TextEncoder().encode('pong').buffer,
    };
  }

  failed(error: PoseCoachError): void {
    this.failures.push(error);
  }
}
