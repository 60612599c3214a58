import { stageFolder } from "host";
import { afterAll, it } from "vitest";
import { type CheckedCode, openCode } from "workshop/facts/checked-code";
import { findStage } from "workshop/stages/find-stage";

/** Checks the facts of a stage on our code, as `pnpm workshop check` does on a student's. */
export function checkFacts(name: string): void {
  const stage = findStage(name);
  let code: CheckedCode | undefined;
  afterAll(() => code?.close());

  it.each(stage.facts)("$title", async ({ check }) => {
    code ??= openCode(stage, stageFolder(name), { seconds: 600, bytes: 1_000_000 });
    await check(code);
  });
}
