import { engines } from "graduation/engines";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { reasonToSkip, startGraduate } from "./start-graduate.ts";

const reason = reasonToSkip();

describe.skipIf(reason)(`pnpm graduate ${reason ?? ""}`, () => {
  it.each([[], ["--runtime", "crun"]])("shows what each engine saw (%s %s)", async (...options) => {
    const graduate = startGraduate(await openHost(), ...options);
    expect({ status: await graduate.status(), stderr: graduate.stderr() }).toEqual({
      status: 0,
      stderr: "",
    });
    const lines = graduate.stdout().trim().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(engines.map(({ name }) => name));
    const calling = lines.filter((line) => !/^(image|bundle|rootfs) /.test(line));
    for (const line of calling) expect(line).toMatch(/\(called: create, .*delete/);
  });

  it("refuses a runtime that is not in the machine", async () => {
    const graduate = startGraduate(await openHost(), "--runtime", "./src/no-runtime.sh", "image");
    expect(await graduate.status()).toBe(1);
    expect(graduate.stdout()).toBe("");
    expect(graduate.stderr()).toMatch(/^graduate: .*no-runtime.sh is not in the machine: .*\n$/);
  });

  it("says in one line for each engine when the runtime fails, and asks the next one", async () => {
    const some = ["bundle", "containerd", "podman", "docker"];
    const graduate = startGraduate(await openHost(), "--runtime", "/usr/bin/false", ...some);
    expect(await graduate.status()).toBe(1);
    expect(graduate.stdout()).toBe("");
    const lines = graduate.stderr().trim().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(some);
  });
});
