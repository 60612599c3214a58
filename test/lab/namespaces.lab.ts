import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { evaluate } from "../host/evaluate.ts";
import { thisHost } from "./this-host.ts";

it("may have no time namespaces, which no stage needs: unshare says so", async ({ skip }) => {
  skip(existsSync("/proc/self/ns/time"), "this kernel has them; that of pnpm lab has not");
  expect(await evaluate(thisHost, "native.unshare(native.CLONE_NEWTIME)")).toMatchObject({
    error: { message: "EINVAL: invalid argument, unshare(CLONE_NEWTIME)" },
  });
});
