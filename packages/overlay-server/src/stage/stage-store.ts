import type { Stage } from '@pose-coach/core/stage';

/** Where the stages of channels are kept while nobody is on the channel. */
export interface StageStore {
  /** The channel's stage as it was kept last; undefined when none is, or none that can be read. Never throws. */
  load(channel: string): Stage | undefined;
  /** Keeps a stage, soon. Never throws: what goes wrong is told to the operator. */
  save(channel: string, stage: Stage): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

/** Channels whose stages are remembered without a folder: more than anybody arranges by hand. */
const REMEMBERED = 64;

/** Stages in memory, for servers in other programs: nothing is written to the disk, and a restart begins anew. */
export function rememberedStages(): StageStore {
  const stages = new Map<string, Stage>();
  return {
    load: (channel) => stages.get(channel),
    save: (channel, stage) => {
      // The channel that was changed last is forgotten last.
      stages.delete(channel);
      stages.set(channel, stage);
      for (const oldest of stages.keys()) {
        if (stages.size <= REMEMBERED) break;
        stages.delete(oldest);
      }
    },
    close: async () => {},
  };
}
