import { run } from "host";
import { beforeAll } from "vitest";
import { labCommand } from "./start-lab.ts";

// The disk that all tests begin with, and the state of a machine that has booted from it: made once.
beforeAll(async () => {
  const { status, stderr } = await run([...labCommand, "--", "true"]);
  if (status !== 0) throw new Error(stderr);
});
