import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { evaluate } from "../host/evaluate.ts";
import { thisHost } from "./this-host.ts";

it("has no time namespaces, which the stages do not need, and unshare says so", async () => {
  expect(readdirSync("/proc/self/ns")).not.toContain("time");
  expect(await evaluate(thisHost, "native.unshare(native.CLONE_NEWTIME)")).toMatchObject({
    error: { message: "EINVAL: invalid argument, unshare(CLONE_NEWTIME)" },
  });
});
