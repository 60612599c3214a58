import type { Reporter, TestCase } from "vitest/node";

/** Prints a failure when it happens: the others print all at the end, which a run that is ended has not. */
export class FailuresAtOnce implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state, errors = [] } = test.result();
    if (state !== "failed") return;
    for (const { diff, stack } of errors) {
      const name = `FAIL ${test.module.relativeModuleId} > ${test.fullName}`;
      console.error([name, stack, diff].join("\n"));
    }
  }
}
