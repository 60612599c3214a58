import path from "node:path";
import { engines } from "graduation/engines";
import { repo } from "host";
import { describe, expect, it } from "vitest";
import { layOverRepo } from "../kit/lay-over-repo.ts";
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

  it("shows what they saw of one that a student has written", async () => {
    const host = await openHost();
    await layOverRepo(host);
    const solution = "test/workshop/attempts/solutions/13-oci/one-switch.ts";
    const practice = `cd "$0" && rm -rf practice/13-oci/src && pnpm workshop practice 13 && cp ${solution} practice/13-oci/src/main.ts`;
    expect(await host.run("sh", "-c", practice, repo)).toMatchObject({ status: 0 });
    const runtime = ["--runtime", path.join(repo, "practice/13-oci/runtime")];
    const some = ["bundle", "containerd", "podman", "docker"];
    const graduate = startGraduate(host, ...runtime, ...some);
    expect({ status: await graduate.status(), stderr: graduate.stderr() }).toEqual({
      status: 0,
      stderr: "",
    });
    const lines = graduate.stdout().trim().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(some);
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
