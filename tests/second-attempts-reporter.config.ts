import type { Reporter, TestCase } from 'vitest/node';

/**
 * Names the tests that passed only on a second attempt. What runs in real browsers on two shared cores now and then
 * fails for want of time, and one such test must not hide what all others say; nor may its failure be hidden.
 */
export default class SecondAttemptsReporter implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (this.#names.length === 0) return;
    console.log(`\npassed only on a second attempt:\n${this.#names.map((name) => `- ${name}`).join('\n')}`);
  }
}
