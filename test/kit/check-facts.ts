import { stageFolder } from "host";
import { afterAll, it } from "vitest";
import { factsOf } from "workshop/facts/facts-of";
import { openSubject, type Subject } from "workshop/facts/subject";

/** The facts of a stage, which `pnpm workshop check` also checks on a student's code, on ours. */
export function checkFacts(stage: string): void {
  let subject: Subject | undefined;
  afterAll(() => subject?.close());

  it.each(factsOf(stage))("$title", async ({ check }) => {
    subject ??= openSubject(stage, stageFolder(stage), { seconds: 600, bytes: 1_000_000 });
    await check(subject);
  });
}
