import { expect, it } from "vitest";
import { openClass } from "./open-class.ts";

// Its facts are those of all stages, but for what stage 01 has on the host
const STAGE = "05-cgroups";

it.each(["dash", "bash"])("a root with no program but %s is enough for the facts", async (name) => {
  const { shell, workshop } = await openClass();
  const bare = `rm -rf ubuntu-fs/usr/bin/* && cp -L "$(command -v ${name})" ubuntu-fs/usr/bin/sh`;
  expect(await shell(bare)).toMatchObject({ status: 0, stderr: "" });
  await workshop("practice", STAGE);
  await shell(`cp steps/${STAGE}/src/main.ts practice/${STAGE}/src/main.ts`);
  const { status, stdout, stderr } = await workshop("check", STAGE);
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
});
