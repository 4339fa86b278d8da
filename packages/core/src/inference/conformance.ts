import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { FrameImage } from '../capture/index.ts';
import type { Landmark, Pose } from '../pose/index.ts';
import { type Clip, NO_FIXTURES, type Pictures, type Size } from './conformance-pictures.ts';
import { Scenes } from './conformance-scenes.ts';
import type { PoseEstimate, PoseEstimator, PoseEstimatorFactory } from './pose-estimator.ts';

/** Frames of the clip: enough for tracking and smoothing to matter. */
const FRAMES = 20;

/** What an engine under test must come with. */
export interface Conformance<Picture extends Size> {
  /** Where the suite has its pictures from: `browserPictures` or `nodePictures`. */
  readonly pictures: Pictures<Picture>;
  /** The engine with the settings of the reference: MediaPipe's full model, one person. */
  readonly factory: PoseEstimatorFactory;
  /** The same, looking for two people. */
  readonly twoPeople: PoseEstimatorFactory;
  /** Mean distance in pixels from the reference that is still the same result. */
  readonly tolerance: number;
  /** Kills what runs the engine; where that would kill the tests' own page, there is none. */
  readonly crash?: () => void;
  /** Takes the graphics context away from every running engine that has one. */
  readonly loseContext?: () => void;
  /** `close()` calls on frames that the engine has received so far. */
  readonly closedInEngine: () => Promise<number>;
}

/** What every engine must do, whatever is inside: registers the tests under `name`. */
export function describeEstimator<Picture extends Size>(
  name: string,
  conformance: Conformance<Picture>,
): void {
  const { factory, tolerance, pictures } = conformance;
  const scenes = new Scenes(pictures);
  const { toFrame } = pictures;
  const run = runner(pictures);

  describe(name, () => {
    let clip: Clip<Picture> | string = NO_FIXTURES;

    beforeAll(async () => {
      clip = await pictures.clip('dance_phrase_talmolab', FRAMES);
    });

    /** The clip, or the end of the test where there is none. */
    const clipOr = (context: TestContext): Clip<Picture> =>
      typeof clip === 'string' ? context.skip(clip) : clip;

    it('gives the reference’s landmarks for the same clip', async (context) => {
      const { reference, width, height, frames, framesPerSecond } = clipOr(context);
      const found = await withEstimator(factory, (estimator) => run(estimator, { frames, framesPerSecond }));
      const errors = errorsOf(found, { reference, width, height });
      const worldErrors = found.map((estimate, index) =>
        meanDistance(onlyPose(estimate).worldLandmarks, reference[index]?.worldLandmarks ?? [], 1, 1),
      );
      expect(mean(errors), 'pixels').toBeLessThan(tolerance);
      expect(Math.max(...errors), 'pixels, worst frame').toBeLessThan(4 * tolerance);
      // A person of 1.7 m is about 400 pixels high here: the same tolerance in metres, doubled for depth.
      expect(mean(worldErrors), 'metres').toBeLessThan((2 * tolerance * 1.7) / 400);
    });

    it('gives the same for either kind of picture', async (context) => {
      const { frames, framesPerSecond } = clipOr(context);
      const few = frames.slice(0, 5);
      const asFrames = await withEstimator(factory, (estimator) =>
        run(estimator, { frames: few, framesPerSecond }),
      );
      const asOthers = await withEstimator(factory, async (estimator) => {
        const estimates: PoseEstimate[] = [];
        for (const [index, frame] of few.entries()) {
          estimates.push(
            await estimator.estimate(await pictures.toOtherFrame(frame), (index * 1000) / framesPerSecond),
          );
        }
        return estimates;
      });
      expect(difference(asFrames, asOthers)).toBeLessThan(0.002);
    });

    it.for([
      ['an odd size', 333, 217],
      ['portrait', 271, 481],
      ['wide', 853, 480],
      ['larger than any network', 1999, 1501],
    ] as const)('finds the person in a picture of %s (%i × %i)', async ([, width, height], context) => {
      const { frames, reference } = clipOr(context);
      const frame = firstOf(frames);
      const placed = scenes.place(frame, width, height);
      const [first] = await withEstimator(factory, async (estimator) => [
        await estimator.estimate(toFrame(placed.picture, 0), 0),
      ]);
      const expected = (reference[0]?.landmarks ?? []).map((landmark) => placed.map(landmark));
      const found = first ? onlyPose(first).landmarks : [];
      // A smaller picture has less to go by: 3 % of the person's height.
      const personHeight = 0.7 * placed.height;
      expect(meanDistance(found, expected, width, height)).toBeLessThan(0.03 * personHeight);
    });

    it('invents nobody where nobody is', async () => {
      const estimates = await withEstimator(factory, async (estimator) => {
        const empty = [
          scenes.flat('black'),
          scenes.flat('#8a8f94'),
          scenes.gradient(),
          scenes.stripes(),
          ...[1, 2, 3].map((seed) => scenes.noise(seed)),
        ];
        const found: PoseEstimate[] = [];
        for (const [index, scene] of empty.entries()) {
          found.push(await estimator.estimate(toFrame(scene, index), index * 33));
        }
        return found;
      });
      expect(estimates.map(({ poses, hands }) => [poses.length, hands.length])).toEqual(
        estimates.map(() => [0, 0]),
      );
    });

    it('lets go of a person who is gone', async (context) => {
      const { frames, framesPerSecond } = clipOr(context);
      const after = await withEstimator(factory, async (estimator) => {
        await run(estimator, { frames: frames.slice(0, 5), framesPerSecond });
        return estimator.estimate(toFrame(scenes.flat('#8a8f94'), 5), 200);
      });
      expect(after.poses).toEqual([]);
    });

    it('finds several people', async (context) => {
      const { frames, reference } = clipOr(context);
      const frame = firstOf(frames);
      const pair = scenes.pair(frame);
      const { poses } = await withEstimator(conformance.twoPeople, async (estimator) => {
        // The detector names one person per look; who is missing is looked for in the next frames.
        for (let index = 0; index < 5; index += 1) await estimator.estimate(toFrame(pair, index), index * 33);
        return estimator.estimate(toFrame(pair, 5), 165);
      });
      const noses = poses.map(({ landmarks }) => landmarks[0]?.x ?? Number.NaN).sort();
      const nose = reference[0]?.landmarks[0]?.x ?? Number.NaN;
      expect(noses).toHaveLength(2);
      expect(noses[0]).toBeCloseTo(nose / 2, 1);
      expect(noses[1]).toBeCloseTo((nose + 1) / 2, 1);
      expect(poses.map(({ id }) => id)).toEqual([0, 1]);
    });

    it('goes on when time stands, goes back, leaps or is not a number', async (context) => {
      const { frames, reference, width, height } = clipOr(context);
      const times = [1000, 1033, 1033, 20, -50, Number.NaN, 1e9, 1e9 + 33, 0];
      const estimates = await withEstimator(factory, (estimator) => run(estimator, { frames, times }));
      const errors = errorsOf(estimates, { reference, width, height });
      // Smoothing lags where the intervals are wrong; the person moves a few pixels per frame at most.
      expect(Math.max(...errors)).toBeLessThan(10);
    });

    it('begins anew after a reset: the same frames give the same landmarks again', async (context) => {
      const { frames, framesPerSecond } = clipOr(context);
      const stretch = { frames: frames.slice(0, 8), framesPerSecond };
      const [first, again] = await withEstimator(factory, async (estimator) => {
        const before = await run(estimator, stretch);
        await run(estimator, { frames: frames.slice(12, 16), framesPerSecond });
        estimator.reset();
        return [before, await run(estimator, stretch)] as const;
      });
      expect(difference(first, again)).toBeLessThan(0.002);
    });

    it('runs twice at once, neither knowing of the other', async (context) => {
      const { frames, framesPerSecond } = clipOr(context);
      const forwards = { frames: frames.slice(0, 6), framesPerSecond };
      const mirrored = { frames: frames.slice(0, 6).map((frame) => scenes.mirror(frame)), framesPerSecond };
      const alone = await withEstimator(factory, (estimator) => run(estimator, forwards));
      const [one, other] = await withEstimator(factory, (first) =>
        withEstimator(factory, (second) => Promise.all([run(first, forwards), run(second, mirrored)])),
      );
      expect(difference(alone, one)).toBeLessThan(0.002);
      // The right shoulder is on the picture's left, in both; the other picture shows another person.
      expect(difference(one, other)).toBeGreaterThan(0.01);
    });

    it('tells progress that never goes back and ends complete', async () => {
      await forgetKeptFiles();
      const progress: (readonly [loaded: number, total: number])[] = [];
      const estimator = await factory.create({
        signal: new AbortController().signal,
        onProgress: (loaded, total) => progress.push([loaded, total]),
      });
      await estimator.dispose();
      const [loaded, total] = progress.at(-1) ?? [0, -1];
      expect(loaded).toBe(total);
      expect(progress.length).toBeGreaterThan(2);
      for (const [index, [now, of]] of progress.entries()) {
        expect(now).toBeGreaterThanOrEqual(progress[index - 1]?.[0] ?? 0);
        expect(now).toBeLessThanOrEqual(of);
      }
    });

    it.each([
      ['before it began', 0],
      ['at its first bytes', 1],
      ['half way', 0.5],
      ['when all bytes are there', 2],
    ])('stops loading when it is aborted %s', async (_, when) => {
      const abort = new AbortController();
      if (when === 0) abort.abort();
      const created = factory.create({
        signal: abort.signal,
        onProgress: (loaded, total) => {
          if (when === 1 || loaded >= total * (when === 2 ? 1 : when)) abort.abort();
        },
      });
      await expect(created).rejects.toMatchObject({ code: 'ABORTED' });
    });

    it('refuses a closed frame, and only that one', async (context) => {
      const { frames } = clipOr(context);
      const frame = firstOf(frames);
      await withEstimator(factory, async (estimator) => {
        const closed = toFrame(frame, 0);
        closed.close();
        await expect(estimator.estimate(closed, 0)).rejects.toMatchObject({ code: 'FRAME_INVALID' });
        expect((await estimator.estimate(toFrame(frame, 1), 33)).poses).toHaveLength(1);
      });
    });

    it('closes every frame exactly once', async (context) => {
      const { frames, framesPerSecond } = clipOr(context);
      const before = await conformance.closedInEngine();
      const images = frames.slice(0, 6).map((frame, index) => toFrame(frame, index));
      await withEstimator(factory, async (estimator) => {
        for (const [index, image] of images.entries()) {
          await estimator.estimate(image, (index * 1000) / framesPerSecond);
        }
      });
      expect((await conformance.closedInEngine()) - before).toBe(6);
      // Handed over, or closed where it was: either way it is empty here.
      expect(images.map(pictures.isEmpty)).toEqual(images.map(() => true));
    });

    it('refuses and closes frames once it is disposed, and may be disposed twice', async () => {
      const estimator = await create(factory);
      const inWork = estimator.estimate(toFrame(scenes.flat('black'), 0), 0);
      const ended = expect(inWork).rejects.toMatchObject({ code: 'DISPOSED' });
      await estimator.dispose();
      await estimator.dispose();
      await ended;
      const late = toFrame(scenes.flat('black'), 1);
      await expect(estimator.estimate(late, 33)).rejects.toMatchObject({ code: 'DISPOSED' });
      expect(pictures.isEmpty(late)).toBe(true);
    });

    const disasters: (readonly [string, () => void])[] = [];
    if (conformance.loseContext) disasters.push(['its graphics context is lost', conformance.loseContext]);
    if (conformance.crash) disasters.push(['what runs it crashes', conformance.crash]);

    it.for(disasters)('comes back when %s, and says so', async ([, strike], context) => {
      const { frames, framesPerSecond, reference, width, height } = clipOr(context);
      await withEstimator(factory, async (estimator) => {
        const events: string[] = [];
        estimator.events(({ type }) => events.push(type));
        await run(estimator, { frames: frames.slice(0, 3), framesPerSecond });
        strike();
        const showing = (index: number) => toFrame(frames[index % frames.length] ?? firstOf(frames), index);
        const failures = await untilRecovered(estimator, showing, events);
        expect(failures.every((code) => code === 'ENGINE_CRASHED')).toBe(true);
        expect(failures.length).toBeLessThanOrEqual(1);
        estimator.reset();
        const found = await run(estimator, { frames, framesPerSecond });
        expect(events).toEqual(['recovering', 'recovered']);
        expect(mean(errorsOf(found, { reference, width, height }))).toBeLessThan(tolerance);
      });
    });
  });
}

/** Files that were kept from an earlier load come at once, and have no progress to tell. */
async function forgetKeptFiles(): Promise<void> {
  if (!('caches' in globalThis)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Shows it frames until it has recovered, as a camera would; the codes of the failures on the way. */
async function untilRecovered(
  estimator: PoseEstimator,
  frameAt: (index: number) => FrameImage,
  events: readonly string[],
): Promise<string[]> {
  const failures: string[] = [];
  for (let index = 0; !events.includes('recovered'); index += 1) {
    const estimating = estimator.estimate(frameAt(index), index * 33);
    await estimating.catch((error: { code: string }) => failures.push(error.code));
    await new Promise((resolve) => setTimeout(resolve, 33));
  }
  return failures;
}

function create(factory: PoseEstimatorFactory): Promise<PoseEstimator> {
  return factory.create({ signal: new AbortController().signal, onProgress: () => undefined });
}

/** Runs with an estimator of its own and disposes it, also when the test fails. */
async function withEstimator<T>(
  factory: PoseEstimatorFactory,
  use: (estimator: PoseEstimator) => Promise<T>,
): Promise<T> {
  const estimator = await create(factory);
  try {
    return await use(estimator);
  } finally {
    await estimator.dispose();
  }
}

interface Stretch<Picture> {
  readonly frames: readonly Picture[];
  readonly framesPerSecond?: number;
  /** Instead of regular ones: a timestamp for as many frames as there are. */
  readonly times?: readonly number[];
}

/** Shows an estimator one picture after the other and gives what it found in each. */
function runner<Picture extends Size>({ toFrame }: Pictures<Picture>) {
  return async (
    estimator: PoseEstimator,
    { frames, framesPerSecond = 30, times }: Stretch<Picture>,
  ): Promise<PoseEstimate[]> => {
    const estimates: PoseEstimate[] = [];
    for (const [index, frame] of frames.slice(0, times?.length).entries()) {
      const timestamp = times?.[index] ?? (index * 1000) / framesPerSecond;
      estimates.push(await estimator.estimate(toFrame(frame, index), timestamp));
    }
    return estimates;
  };
}

function firstOf<Picture>(frames: readonly Picture[]): Picture {
  const [first] = frames;
  if (first === undefined) throw new Error('The clip is empty.');
  return first;
}

function onlyPose({ poses }: PoseEstimate): Pose {
  const [pose] = poses;
  if (!pose || poses.length > 1) throw new Error(`One person expected, found ${poses.length}.`);
  return pose;
}

type Point = Pick<Landmark, 'x' | 'y'>;

function meanDistance(
  found: readonly Point[],
  expected: readonly Point[],
  width: number,
  height: number,
): number {
  expect(found.length).toBe(expected.length);
  return mean(
    found.map(({ x, y }, index) => {
      const point = expected[index];
      return point ? Math.hypot((x - point.x) * width, (y - point.y) * height) : Number.NaN;
    }),
  );
}

function errorsOf(
  found: readonly PoseEstimate[],
  { reference, width, height }: Omit<Clip<unknown>, 'frames' | 'framesPerSecond'>,
) {
  return found.map((estimate, index) =>
    meanDistance(onlyPose(estimate).landmarks, reference[index]?.landmarks ?? [], width, height),
  );
}

/** The largest mean distance between two runs' landmarks, in picture sizes. */
function difference(one: readonly PoseEstimate[], other: readonly PoseEstimate[]): number {
  expect(one.length).toBe(other.length);
  return Math.max(
    ...one.map((estimate, index) => {
      const twin = other[index];
      return twin ? meanDistance(onlyPose(estimate).landmarks, onlyPose(twin).landmarks, 1, 1) : Number.NaN;
    }),
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
