import type { Reporter, TestCase } from 'vitest/node';

/** Names at the end what passed at the second try only: nothing that happens by chance stays unseen. */
export default class SecondTry implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky === true) this.#names.push(`${test.module.relativeModuleId}: ${test.fullName}`);
  }

  onTestRunEnd(): void {
    for (const name of this.#names) console.log(`PASSED AT THE SECOND TRY: ${name}`);
  }
}
