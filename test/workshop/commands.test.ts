import path from "node:path";
import { repo, run } from "host";
import { describe, expect, it } from "vitest";
import { stages } from "workshop/stages";
import { letNobodyIn } from "../kit/let-nobody-in.ts";
import { openClass } from "./open-class.ts";

describe("pnpm workshop practice", () => {
  it("makes a package that runs at once", async () => {
    const { shell, workshop } = await openClass();
    const made = await workshop("practice", "3");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain("practice/03-pid-mnt-chroot/src/main.ts");
    const started = await shell("pnpm --silent --filter practice-03 start hostname");
    expect(started).toMatchObject({ status: 0, stdout: "container\n" });
    const code = await shell("cat practice/03-pid-mnt-chroot/src/main.ts");
    expect(code.stdout).toMatch(/^\/\/ Practice 03-pid-mnt-chroot\. The goal:/);
    expect(code.stdout).not.toContain("02-reexec");
  });

  it("is known to editors: the compiler finds Node's types, and those of shared-native", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "04");
    const compile = () => shell("pnpm --dir test exec tsc --project ../practice");
    expect(await compile()).toMatchObject({ status: 0 });
    await shell("sed -i s/cloneflags/cloneflag/ practice/04-unshare-proc/src/main.ts");
    expect((await compile()).stdout).toContain("'cloneflag' does not exist in type");
  });

  it("makes the packages that are in the repo", async () => {
    const { shell, workshop } = await openClass();
    const before = await shell("cat practice/*/package.json");
    for (const { name } of stages) await workshop("practice", name);
    expect(await shell("cat practice/*/package.json")).toEqual(before);
  });

  it("makes a runtime that engines can call, for stage 13", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "13");
    const runtime = "practice/13-oci/runtime";
    const called = await shell(`${runtime} --version && ${runtime} state web`);
    expect(called).toMatchObject({ status: 1, stdout: expect.stringContaining("spec: 1.0") });
    expect(called.stderr).toContain("state: nothing is written yet");
  });

  it("never overwrites work, and keeps it when it begins anew", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "01");
    await shell("echo mine > practice/01-uts/src/main.ts");
    const again = await workshop("practice", "01");
    expect(again.status).toBe(1);
    expect(again.stderr).toContain("pnpm workshop practice 01 --reset");
    expect((await shell("cat practice/01-uts/src/main.ts")).stdout).toBe("mine\n");
    for (const kept of ["src.1", "src.2"]) {
      const reset = await workshop("practice", "01", "--reset");
      expect(reset.stdout).toContain(`practice/01-uts/${kept}`);
    }
    expect((await shell("cat practice/01-uts/src.1/main.ts")).stdout).toBe("mine\n");
  });
});

describe("pnpm workshop check", () => {
  it("tells what holds and what does not, and keeps the progress", async () => {
    const { shell, workshop } = await openClass();
    expect((await workshop("check", "02")).stderr).toContain('type "pnpm workshop practice 02"');
    await workshop("practice", "02");
    const starter = await workshop("check", "02");
    expect(starter.status).toBe(1);
    // What fails is last, and the rest is a line each
    expect(starter.stdout).toMatch(
      /\n {2}✓ 2 facts hold\n {2}· \d more wait: .* stopped at the first .*\n {2}✗ has the hostname "container" inside\n/,
    );
    expect(starter.stdout).not.toContain("leaves the host its name");
    expect(starter.stdout).not.toContain("\x1b");
    for (const line of starter.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect((await workshop()).stdout).toMatch(/› 02-reexec +2 of 7 facts/);
    expect((await workshop("diff", "02")).status).toBe(1);

    const { stdout } = await workshop("check", "02", "--all");
    expect(stdout).toMatch(/^ {2}✓ starts the command in a new UTS namespace$/m);
    expect(stdout).toMatch(/^ {2}· leaves the host its name$/m);

    await shell("cp steps/02-reexec/src/main.ts practice/02-reexec/src/main.ts");
    expect(await workshop("check", "02")).toMatchObject({ status: 0 });
    expect((await workshop()).stdout).toMatch(/✓ 02-reexec +done on \d{4}-\d\d-\d\d/);
    expect((await workshop("diff", "02")).stdout).toContain("the same as ours");
  });

  it("gives a teacher's script ids that stay the same", async () => {
    const { workshop } = await openClass();
    await workshop("practice", "04");
    const { status, stdout } = await workshop("check", "04", "--json");
    expect(status).toBe(1);
    const { stage, passed, facts } = JSON.parse(stdout);
    expect({ stage, passed }).toEqual({ stage: "04-unshare-proc", passed: false });
    const states = facts.map(({ id, state }: { id: string; state: string }) => [id, state]);
    expect(states).toContainEqual(["04-unshare-proc/own-root", "holds"]);
    expect(states).toContainEqual(["04-unshare-proc/keeps-mounts-from-host", "fails"]);
    expect(states).toContainEqual(["04-unshare-proc/leaves-host-shared", "waits"]);
  });

  it("says what to type without root, and for a stage that is not there", async () => {
    const { host, workshop } = await openClass();
    await workshop("practice", "01");
    const nobody = await letNobodyIn(host);
    const pnpm = ["pnpm", "--dir", nobody.repo, "workshop", "check", "01"];
    const [file = "", ...args] = [...nobody.as, ...pnpm];
    const { status, stderr } = await host.run(file, ...args);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        'error: this needs root: type "sudo env PATH=$PATH pnpm workshop check 01", or "pnpm rootless" first, for stages 1 to 4\n',
    });
    expect((await workshop("check", "99")).stderr).toContain("type one of 01, 02, 03");
  });
});

it("a student's code that is started without root names its own package, not ours", async () => {
  const { host, shell, workshop } = await openClass();
  await workshop("practice", "01");
  await shell("cp steps/01-uts/src/main.ts practice/01-uts/src/main.ts");
  const nobody = await letNobodyIn(host);
  const start = ["pnpm", "--dir", `${nobody.repo}/practice/01-uts`, "start", "true"];
  const [file = "", ...args] = [...nobody.as, ...start];
  const { stderr } = await host.run(file, ...args);
  expect(stderr).toContain('"sudo env PATH=$PATH pnpm --filter practice-01 start true"');
});

describe("pnpm workshop doctor", () => {
  it("says what this machine can do", async () => {
    const { workshop } = await openClass();
    const { status, stdout } = await workshop("doctor", "--json");
    const { fit, findings } = JSON.parse(stdout);
    expect({ status, fit }).toEqual({ status: 0, fit: true });
    for (const { state, type } of findings) expect(type === undefined).toBe(state === "ok");
  });

  it("has no false alarm where nothing was made yet, for root and for who is not", async () => {
    const { host, shell } = await openClass();
    await shell("rm -r --one-file-system ubuntu-fs");
    await host.run("mkdir", "-m", "700", "/sys/fs/cgroup/pids/of-root"); // where there is v1
    const alarms = (stdout: string) =>
      JSON.parse(stdout)
        .findings.filter(({ state }: { state: string }) => state === "lacks")
        .map(({ id }: { id: string }) => id);
    const findings = (stdout: string, id: string) =>
      JSON.parse(stdout).findings.find((finding: { id: string }) => finding.id === id);
    const asRoot = await shell("pnpm workshop doctor --json");
    expect(alarms(asRoot.stdout)).toEqual([]);
    expect(findings(asRoot.stdout, "rootfs")).toMatchObject({ state: "ok" });
    const nobody = await letNobodyIn(host);
    const pnpm = ["pnpm", "--silent", "--dir", `${nobody.repo}/workshop`, "start", "doctor"];
    const [file = "", ...args] = [...nobody.as, ...pnpm, "--json"];
    const asNobody = await host.run(file, ...args);
    expect(alarms(asNobody.stdout)).toEqual(["root"]);
    expect(findings(asNobody.stdout, "leftovers").actual).not.toContain("EACCES");
  });

  it("ends with status 1 when a stage could not run, and says what to type", async () => {
    const { host, workshop } = await openClass();
    // With cgroup v2, its own is over that of the machine
    await host.run("sh", "-c", "while umount --recursive /sys/fs/cgroup; do :; done");
    const { status, stdout } = await workshop("doctor");
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ cgroups +no cgroup has the pids controller/);
    expect(stdout).toContain("vagrant up");
  });

  it("says what is wrong with the FFI, which nothing else needs", async () => {
    const { shell } = await openClass();
    const { status, stdout } = await shell("WORKSHOP_FFI=none pnpm workshop doctor");
    expect(status).toBe(1);
    expect(stdout).toContain("✗ FFI");
  });
});

describe("pnpm workshop", () => {
  it("announces part two when part one is done, and not before", async () => {
    const { shell, workshop } = await openClass();
    expect((await workshop()).stdout).not.toContain("06-pivot-root");
    const partOne = stages.slice(0, 5).map(({ name }) => [name, { passed: "2026-01-01" }]);
    const progress = JSON.stringify(Object.fromEntries(partOne));
    await shell(`mkdir -p practice && echo '${progress}' >practice/progress.json`);
    const { stdout } = await workshop();
    expect(stdout).toContain("06-pivot-root");
    expect(stdout).toContain("Next: pnpm workshop practice 06");
  });

  it.each([".", "steps/01-uts/src", "docs", "practice", "practice/03-pid-mnt-chroot"])(
    "works in %s, with no line of pnpm's around it, also when it fails",
    async (folder) => {
      const workshop = (...words: string[]) =>
        run(["pnpm", "-C", path.join(repo, folder), "workshop", ...words]);
      const { status, stdout } = await workshop();
      expect(status).toBe(0);
      expect(stdout).toMatch(/^\n {2}A container from scratch, in TypeScript\n/);
      expect(await workshop("check", "99")).toEqual({
        status: 1,
        signal: null,
        stdout: "",
        stderr: `error: there is no stage 99: type one of ${stages.map(({ name }) => name.slice(0, 2)).join(", ")}\n`,
      });
    },
  );
});
