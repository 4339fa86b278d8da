import type { MetricDeclaration, MetricId } from '@pose-coach/core';
import { type FilterBinding, type ObsBinding, readScene, type Scene } from '@pose-coach/core/stage';

/** Settings that a filter's number is often wanted of, by kind of filter as OBS names it, and what they go from and to. */
const FILTER_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  color_filter: ['opacity', 'hue_shift', 'saturation', 'brightness', 'contrast', 'gamma'],
  color_filter_v2: ['opacity', 'hue_shift', 'saturation', 'brightness', 'contrast', 'gamma'],
  chroma_key_filter_v2: ['opacity', 'similarity', 'smoothness'],
  color_key_filter_v2: ['opacity', 'similarity', 'smoothness'],
  scroll_filter: ['speed_x', 'speed_y'],
  sharpness_filter_v2: ['sharpness'],
  gpu_delay: ['delay_ms'],
  gain_filter: ['db'],
};

/** What settings of a filter can be followed; any other name can be typed. */
export function filterSettings(kind: string | undefined): readonly string[] {
  return (kind === undefined ? undefined : FILTER_SETTINGS[kind]) ?? ['opacity'];
}

/** A binding to begin with. */
export function newBinding(
  kind: ObsBinding['kind'],
  scene: Scene,
  metrics: readonly MetricDeclaration[],
): ObsBinding {
  const metric = metrics.find(({ id }) => id === 'dance.intensity') ?? metrics[0];
  const id = freeId(scene, kind);
  const metricId: MetricId = metric?.id ?? 'dance.intensity';
  if (kind === 'text') {
    const text = metric ? `${metric.title}: {value} {unit}` : '{value} {unit}';
    return { kind, id, metric: metricId, input: '', text };
  }
  return {
    kind,
    id,
    metric: metricId,
    source: '',
    filter: '',
    setting: 'opacity',
    from: metric?.range ?? [0, 100],
    to: [0, 1],
  };
}

/** The scene with a binding in the place of the one with its id, or else as its last. */
export function withBinding(scene: Scene, binding: ObsBinding): Scene {
  const isThere = scene.bindings.some(({ id }) => id === binding.id);
  const bindings = isThere
    ? scene.bindings.map((each) => (each.id === binding.id ? binding : each))
    : [...scene.bindings, binding];
  return { ...scene, bindings };
}

/** Why a binding cannot be kept yet, and what to do; undefined when it can. */
export function bindingFault(binding: ObsBinding, scene: Scene): string | undefined {
  if (binding.kind === 'text') {
    if (binding.input === '') return 'Choose the text source in OBS that is to say it.';
    if (!binding.text.includes('{value}')) return 'Write {value} where the metric’s value is to stand.';
  } else {
    if (binding.source === '' || binding.filter === '') return 'Choose the source and its filter in OBS.';
    if (binding.setting === '') return 'Name the filter’s setting.';
    if (binding.from[0] === binding.from[1]) return 'Give two different values of the metric.';
  }
  const read = readScene(withBinding(scene, binding));
  return read.ok ? undefined : read.error.message;
}

/** “Text “Tempo” says “{value} {unit}” of Tempo” */
export function bindingWords(binding: ObsBinding, metrics: readonly MetricDeclaration[]): string {
  const title = metrics.find(({ id }) => id === binding.metric)?.title ?? binding.metric;
  return binding.kind === 'text'
    ? `Text “${binding.input}” says “${binding.text}” of ${title}.`
    : `${filterWords(binding)} goes from ${binding.to[0]} to ${binding.to[1]} while ${title} goes from ${binding.from[0]} to ${binding.from[1]}.`;
}

function filterWords({ setting, filter, source }: FilterBinding): string {
  return `“${setting}” of the filter “${filter}” on “${source}”`;
}

function freeId({ bindings }: Scene, kind: ObsBinding['kind']): string {
  const taken = new Set(bindings.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = `${kind}-${number}`;
    if (!taken.has(id)) return id;
  }
}
