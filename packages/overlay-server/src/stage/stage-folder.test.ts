import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@pose-coach/core';
import { defaultStage, type Stage } from '@pose-coach/core/stage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../core/src/base/manual-clock.ts';
import { StageFolder } from './stage-folder.ts';

let parent: string;
let folder: string;
let warnings: string[];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'overlay-stages-'));
  folder = join(parent, 'deep', 'stages');
  warnings = [];
});
afterEach(() => rmSync(parent, { recursive: true }));

function store(clock = systemClock): StageFolder {
  return new StageFolder({ folder, clock, warn: (line) => warnings.push(line) });
}

function stage(current: string): Stage {
  return { ...defaultStage(), current };
}

describe('the folder of stages', () => {
  it('gives back what was kept, also to the next server', async () => {
    const first = store();
    first.save('main', stage('vertical'));
    expect(first.load('main')).toEqual(stage('vertical'));
    await first.close();
    expect(store().load('main')).toEqual(stage('vertical'));
    expect(store().load('other')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('is its owner’s alone, file and folder', async () => {
    const kept = store();
    kept.save('main', stage('vertical'));
    await kept.close();
    expect(statSync(join(folder, 'main.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('writes once for all changes of 300 ms, and leaves no part of a file behind', async () => {
    const clock = new ManualClock();
    const kept = store(clock);
    for (const current of ['vertical', 'skeleton', 'dance', 'vertical']) kept.save('main', stage(current));
    clock.advance(299);
    expect(readdirSync(parent)).toEqual([]);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    await kept.close();
    expect(readdirSync(folder)).toEqual(['main.json']);
    expect(JSON.parse(readFileSync(join(folder, 'main.json'), 'utf8'))).toEqual(stage('vertical'));
  });

  it('tells channels apart that differ in capitals only, on every file system', async () => {
    const kept = store();
    kept.save('stage', stage('vertical'));
    kept.save('Stage', stage('skeleton'));
    await kept.close();
    expect(new Set(readdirSync(folder).map((name) => name.toLowerCase())).size).toBe(2);
    expect(store().load('stage')?.current).toBe('vertical');
    expect(store().load('Stage')?.current).toBe('skeleton');
  });

  it.each([
    ['no JSON', '{"version":1,'],
    ['no stage', '{"version":1,"current":"x","hidden":false,"scenes":[]}'],
    ['of another version', JSON.stringify({ ...defaultStage(), version: 99 })],
    ['endless', ' '.repeat(2_100_000)],
  ])('puts a file aside that is %s, says so, and loses nothing of it', async (_, text) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.json'), text);
    const kept = store();
    expect(kept.load('main')).toBeUndefined();
    kept.save('main', stage('vertical'));
    await kept.close();
    const [aside, ...more] = readdirSync(folder).filter((name) => name.startsWith('main.json.broken-'));
    expect(more).toEqual([]);
    expect(readFileSync(join(folder, String(aside)), 'utf8')).toBe(text);
    expect(warnings).toEqual([expect.stringContaining(String(aside))]);
    expect(warnings[0]).not.toContain('\n');
    expect(store().load('main')).toEqual(stage('vertical'));
  });

  it('says that it cannot write, keeps what it could not write, and writes it when it can', async () => {
    writeFileSync(join(parent, 'deep'), 'a file where the folder should be');
    const kept = store();
    kept.save('main', stage('vertical'));
    await kept.close();
    expect(warnings).toEqual([expect.stringContaining('--data')]);
    expect(kept.load('main')).toEqual(stage('vertical'));
    rmSync(join(parent, 'deep'));
    await kept.close();
    expect(store().load('main')).toEqual(stage('vertical'));
  });

  it('says once that it cannot write, however much is changed meanwhile, and again the next time', async () => {
    const kept = store();
    const fail = async (times: number) => {
      writeFileSync(join(parent, 'deep'), 'a file where the folder should be');
      for (let time = 0; time < times; time += 1) {
        kept.save('main', stage('vertical'));
        await kept.close();
      }
      rmSync(join(parent, 'deep'));
    };
    await fail(3);
    expect(warnings).toHaveLength(1);
    await kept.close();
    rmSync(join(parent, 'deep'), { recursive: true });
    await fail(2);
    expect(warnings).toHaveLength(2);
  });

  it('keeps what another server has written to the same folder, and says so once', async () => {
    const [one, other] = [store(), store()];
    for (const each of [one, other]) expect(each.load('main')).toBeUndefined();
    const save = async (kept: StageFolder, current: string) => {
      kept.save('main', stage(current));
      await kept.close();
    };
    await save(one, 'vertical');
    await save(one, 'dance');
    expect(warnings).toEqual([]);
    await save(other, 'skeleton');
    expect(warnings).toEqual([expect.stringContaining('--data')]);
    const current = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')).current;
    expect([current('main.json'), current('main.json.other')]).toEqual(['skeleton', 'dance']);
    await save(one, 'vertical');
    await save(other, 'skeleton');
    expect(readdirSync(folder).sort()).toEqual(['main.json', 'main.json.other']);
    // Each server says it once.
    expect(warnings).toHaveLength(2);
  });

  it('makes a file private that was not', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.json'), JSON.stringify(stage('dance')));
    chmodSync(join(folder, 'main.json'), 0o644);
    const kept = store();
    kept.save('main', stage('vertical'));
    await kept.close();
    expect(statSync(join(folder, 'main.json')).mode & 0o777).toBe(0o600);
  });
});
