import { describe, expect, it, vi } from 'vitest';
import { frameAt } from './frames.ts';
import { activating, stepping } from './sample-extensions.ts';
import { freeManifest, manifestOf, refusal, type Subject } from './subject.ts';

const ruleManifest = manifestOf({ feedback: [{ id: 'free.rule', title: 'Rule' }] });

/** Registers the rule \`free.rule\` with this as its step. */
const ruling = (step: string) =>
  activating(`coach.feedback.register('free.rule', { create: () => ({ step() { ${step} }, reset() {} }) });`);

export function describeFaults(subject: Subject): void {
  describe('faults', () => {
    it.for([
      ['throws an error', 'throw new Error("lost count");', 'lost count'],
      ['throws words', 'throw "just words";', 'just words'],
      ['throws nothing', 'throw undefined;', 'undefined'],
      ['throws what cannot be read', 'throw { toString() { throw 1; } };', 'cannot be read'],
      ['returns nothing', 'return;', 'list of readings'],
      ['returns a promise', 'return Promise.resolve([]);', 'list of readings'],
      ['returns something that is no reading', 'return [17];', 'reading'],
      ['reads a metric that is not declared', 'return [value(1, { metric: "free.other" })];', 'free.other'],
      ['reads a metric of others', 'return [value(1, { metric: "other.value" })];', 'other.value'],
      ['reads NaN', 'return [value(NaN)];', 'free.value'],
      ['reads a function', 'return [value(() => 1)];', 'free.value'],
      ['reads a symbol', 'return [value(Symbol("x"))];', 'free.value'],
      ['reads itself', 'const r = value(1); r.value = r; return [r];', 'free.value'],
      ['has no time', 'return [value(1, { timestamp: undefined })];', 'timestamp'],
      ['is surer than sure', 'return [value(1, { confidence: 1.5 })];', 'confidence'],
      ['is unknown without a reason', 'return [value(undefined, { status: "unknown" })];', 'reason'],
      [
        'reads ten thousand at once',
        'return Array.from({ length: 10_000 }, () => value(1));',
        '10000 readings',
      ],
      ['reads one more than allowed', 'return Array.from({ length: 257 }, () => value(1));', '257 readings'],
    ] as const)('fails when an analyzer %s, and says so', async ([, code, message]) => {
      const { step } = await subject.start({ text: stepping(code), manifest: freeManifest });
      const error = await refusal(() => step(frameAt(0)));
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain(message);
      expect(error.message).toContain('The extension free failed in its');
    });

    it('takes as many readings as are allowed', async () => {
      const text = stepping('return Array.from({ length: 256 }, () => value(count));');
      const { step } = await subject.start({ text, manifest: freeManifest });
      expect((await step(frameAt(0))).readings).toHaveLength(256);
    });

    it('keeps what was read as it was, whatever the extension does to it later', async () => {
      const text = stepping(`
        const list = (this.kept ??= []);
        if (count > 1) list.length = 0;
        list.push(value(count));
        return list;`);
      const { step } = await subject.start({ text, manifest: freeManifest });
      const first = await step(frameAt(0));
      await step(frameAt(1));
      await step(frameAt(2));
      expect(first.readings).toMatchObject([{ value: 1 }]);
    });

    it('names what failed, and answers every later call with the same error', async () => {
      const { running, step } = await subject.start({
        text: stepping('if (count === 3) throw new Error("third time"); return [value(count)];'),
        manifest: freeManifest,
      });
      await step(frameAt(0));
      await step(frameAt(1));
      const error = await refusal(() => step(frameAt(2)));
      expect(error.message).toContain('analyzer free.analyzer');
      expect(await refusal(() => step(frameAt(3)))).toBe(error);
      expect(await refusal(() => running.finish())).toBe(error);
      expect(await refusal(() => running.runCommand('free.command', []))).toBe(error);
      await running.stop();
      expect(await refusal(() => step(frameAt(4)))).toBe(error);
    });

    it('can be started again after a failure, in the same host', async () => {
      const host = subject.host();
      const text = stepping('throw new Error("again");');
      const { running, step } = await subject.start({ text, manifest: freeManifest }, host);
      await refusal(() => step(frameAt(0)));
      await running.stop();
      const next = await subject.start(
        { text: stepping('return [value(count)];'), manifest: freeManifest },
        host,
      );
      expect((await next.step(frameAt(0))).readings).toMatchObject([{ value: 1 }]);
    });

    it.for([
      ['throws', 'throw new Error("no words");', 'no words'],
      ['says nothing', 'return { severity: "hint", message: "" };', 'message'],
      ['says more than anybody hears', 'return { severity: "hint", message: "x".repeat(301) };', 'message'],
      ['is severe in its own way', 'return { severity: "fatal", message: "Stop." };', 'severity'],
      [
        'means joints that nobody has',
        'return { severity: "hint", message: "Up.", joints: ["tail"] };',
        'joints',
      ],
      ['means nobody', 'return { severity: "hint", message: "Up.", poseId: "you" };', 'poseId'],
      ['returns words', 'return "Up.";', 'step must return'],
    ] as const)('fails when a rule %s, and says so', async ([, code, message]) => {
      const { step } = await subject.start({ text: ruling(code), manifest: ruleManifest });
      const error = await refusal(() => step(frameAt(0)));
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain(message);
    });

    it('does not let a rule speak for another', async () => {
      const text = ruling('return { rule: "free.other", severity: "praise", message: "Good." };');
      const { step } = await subject.start({ text, manifest: ruleManifest });
      expect((await step(frameAt(0))).proposals).toEqual([
        { rule: 'free.rule', severity: 'praise', message: 'Good.' },
      ]);
    });

    it.for([
      ['onFrame', 'coach.onFrame(() => { throw new Error("deaf"); });'],
      ['onReadings', 'coach.onReadings(() => { throw new Error("deaf"); });'],
    ] as const)('fails when a listener of %s throws', async ([event, code]) => {
      const { step } = await subject.start({ text: activating(code), manifest: freeManifest });
      const reading = { metric: 'other.value', timestamp: 0, status: 'ok', value: 1, confidence: 1 } as const;
      const error = await refusal(() => step(frameAt(0), { readings: [reading] }));
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain(event);
      expect(error.message).toContain('deaf');
    });

    it('stops, and reports it, when a listener to settings throws', async () => {
      const text = activating(
        `context.configuration.onDidChange(() => { throw new Error('set in its ways'); });`,
      );
      const { running, step, services } = await subject.start({ text });
      running.configure({}, ['free.setting']);
      await vi.waitFor(() => expect(services.failures).toHaveLength(1));
      expect(services.failures[0]?.code).toBe('EXTENSION_FAILED');
      expect(services.failures[0]?.message).toContain('set in its ways');
      expect(await refusal(() => step(frameAt(0)))).toBe(services.failures[0]);
    });

    it.for([
      ['throws', 'throw new Error("no sum");', 'no sum'],
      [
        'reads what is not declared',
        'return { readings: [{ metric: "x.y", timestamp: 0, status: "ok", value: 1, confidence: 1 }] };',
        'x.y',
      ],
      ['adds what is no data', 'return { readings: [], details: { run() {} } };', 'JSON'],
      ['gives no readings', 'return {};', 'readings'],
    ] as const)('fails when a summary %s', async ([, code, message]) => {
      const text = activating(`
        coach.analyzers.register('free.analyzer', { create: () => ({ step: () => [], reset() {}, finish() { ${code} } }) });`);
      const { running, step } = await subject.start({ text, manifest: freeManifest });
      await step(frameAt(0));
      const error = await refusal(() => running.finish());
      expect(error.code).toBe('EXTENSION_FAILED');
      expect(error.message).toContain(message);
      expect(await refusal(() => step(frameAt(1)))).toBe(error);
    });
  });
}
