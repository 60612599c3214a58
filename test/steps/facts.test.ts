import { stageFolder } from "host";
import { afterAll, describe, it } from "vitest";
import type { CheckedCode } from "workshop/facts/checked-code";
import { openCode } from "workshop/facts/open-code";
import { stages } from "workshop/stages";

// As `pnpm workshop check` does on a student's code. Stages are independent of each other, facts need not be
describe.concurrent.each(stages)("$name", (stage) => {
  let code: CheckedCode | undefined;
  afterAll(() => code?.close());

  it.each(stage.facts)("$title", { concurrent: false }, async ({ check }) => {
    code ??= openCode(stage, stageFolder(stage.name), { seconds: 600, bytes: 1_000_000 });
    await check(code);
  });
});
