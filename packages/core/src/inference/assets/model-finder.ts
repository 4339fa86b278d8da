import type { Asset } from './asset.ts';
import { aborted } from './asset-errors.ts';

/** What the models package's manifest says of a model. */
export interface KnownModel {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Finds models by name under `base`, with what the models package's manifest says of them where there is one. */
export async function modelFinder(base: URL, signal: AbortSignal): Promise<(name: string) => Asset> {
  const known = await fetchManifest(new URL('models/manifest.json', base), signal);
  return (name) => {
    const model = known.find((one) => one.name === name);
    return { url: new URL(`models/${name}`, base).href, bytes: model?.bytes, sha256: model?.sha256 };
  };
}

async function fetchManifest(url: URL, signal: AbortSignal): Promise<readonly KnownModel[]> {
  try {
    // Asked for anew, because an old manifest with new models, or the other way round, refuses what is right.
    const response = await fetch(url, { signal, cache: 'no-cache' });
    return response.ok ? knownModels(await response.json()) : [];
  } catch (error) {
    if (signal.aborted) throw aborted(error);
    // Whoever serves the models without their manifest gets them checked by their form only.
    return [];
  }
}

/** The models of a `manifest.json` of the form that is known here; none of anything else. */
export function knownModels(manifest: unknown): readonly KnownModel[] {
  if (!isRecord(manifest) || manifest.version !== 1 || !Array.isArray(manifest.models)) return [];
  return manifest.models.filter(isKnownModel);
}

function isKnownModel(model: unknown): model is KnownModel {
  return (
    isRecord(model) &&
    typeof model.name === 'string' &&
    Number.isSafeInteger(model.bytes) &&
    typeof model.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(model.sha256)
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
