import path from "node:path";
import { repo, run } from "host";
import { describe, expect, it } from "vitest";

const LAB = ["pnpm", "--silent", "--dir", path.join(repo, "lab"), "lab"];

// What it does is tested by pnpm test:pnpm-lab, which needs its packages.
describe("pnpm lab says in one line what to type", () => {
  it("when it is to open a shell without a terminal", async () => {
    expect(await run(LAB)).toMatchObject({
      status: 1,
      stderr: 'lab: a shell needs a terminal: type "pnpm lab -- <command>"\n',
    });
  });

  it("for an architecture that it has not", async () => {
    expect(await run([...LAB, "--arch", "riscv64", "--", "true"])).toMatchObject({
      status: 1,
      stderr: "lab: there is no lab for riscv64: type --arch amd64 or arm64\n",
    });
  });

  it("when QEMU is missing", async () => {
    const lab = ["--import", "shared-native/typescript.cjs", "src/lab.ts", "--", "true"];
    const command = ["env", `--chdir=${repo}/lab`, "PATH=/none", process.execPath, ...lab];
    expect(await run(command)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^lab: qemu-system-\w+, qemu-img missing: install .*\n$/),
    });
  });
});
