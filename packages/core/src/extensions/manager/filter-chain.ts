import { PoseCoachError } from '../../base/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { Filter, FilterFactory } from '../../smoothing/index.ts';
import { messageOf } from '../runtime/index.ts';
import { frameFault } from './frame-fault.ts';
import type { Lane } from './lane.ts';

interface MadeFilter {
  readonly factory: FilterFactory;
  readonly filter: Filter;
  epoch: number;
}

/**
 * Filters of running extensions, in the order in which the extensions were added and declare them. One that fails
 * is passed by, and its extension has failed; the frame goes on without it.
 */
export class FilterChain {
  /** By run, so that an extension that is started again begins with new filters. */
  readonly #made = new WeakMap<Lane, Map<string, MadeFilter>>();

  apply(frame: PoseFrame, lanes: readonly Lane[]): PoseFrame {
    let filtered = frame;
    for (const lane of lanes) {
      const { filters } = lane.running;
      if (filters.size === 0) continue;
      for (const { id } of lane.extension.manifest.contributes.filters) {
        const factory = filters.get(id);
        if (factory === undefined) continue;
        const began = performance.now();
        try {
          filtered = step(this.#filter(lane, id, factory, frame.epoch), id, filtered);
          lane.filterCost += performance.now() - began;
        } catch (error) {
          lane.extension.fail(
            new PoseCoachError('EXTENSION_FAILED', `The filter "${id}" failed: ${messageOf(error)}`, {
              cause: error,
            }),
          );
          break;
        }
      }
    }
    return filtered;
  }

  #filter(lane: Lane, id: string, factory: FilterFactory, epoch: number): Filter {
    let filters = this.#made.get(lane);
    if (filters === undefined) {
      filters = new Map();
      this.#made.set(lane, filters);
    }
    let made = filters.get(id);
    if (made?.factory !== factory) {
      made = { factory, filter: factory.create(), epoch };
      filters.set(id, made);
    }
    if (made.epoch !== epoch) {
      made.filter.reset();
      made.epoch = epoch;
    }
    return made.filter;
  }
}

function step(filter: Filter, id: string, frame: PoseFrame): PoseFrame {
  const filtered = filter.step(frame);
  const fault = frameFault(filtered, frame);
  if (fault === undefined) return filtered;
  throw new PoseCoachError('FRAME_INVALID', `"${id}" gave back a frame that nobody can use: ${fault}.`);
}
