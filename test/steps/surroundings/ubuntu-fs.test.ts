import { describe, expect, it } from "vitest";
import { ownStages } from "../../kit/containers.ts";
import { runOn } from "./run-on.ts";

const rootedStages = ownStages.filter(({ root }) => root === "ubuntu-fs");

/** The stages start with the same script, so one of them is enough. */
const last = rootedStages.at(-1)?.name ?? "";

/** The host's shell, with the number of another machine in its ELF header: arm64's, or x86-64's. */
const FOREIGN = `layer && rm ubuntu-fs/bin/sh && cp /bin/sh ubuntu-fs/bin/sh &&
  case $(uname -m) in x86_64) machine='\\267\\0' ;; *) machine='\\76\\0' ;; esac &&
  printf "$machine" | dd of=ubuntu-fs/bin/sh bs=1 seek=18 conv=notrunc status=none`;

describe("in the place of ubuntu-fs", () => {
  it.each(rootedStages)("a link to / is refused: $name", async ({ name: stage }) => {
    const prepare = "layer && rm -rf ubuntu-fs && ln -s / ubuntu-fs";
    const { status, stdout, stderr } = await runOn({ prepare }, stage, ["hostname"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^error: .*ubuntu-fs is a symbolic link: type "rm .*", then try again\n$/,
    );
  });

  it.each([
    ["a file is refused", "echo mine >ubuntu-fs", 1, /^error: .* is not a folder: move it away/],
    ["an empty folder is filled", "mkdir ubuntu-fs", 0, /^ubuntu-fs: .* MB from this host/m],
    ["a link to a root is followed", "ln -s /srv ubuntu-fs", 0, /^Running child/m],
  ])("%s", async (_, make, status, line) => {
    const prepare = `mount --bind "$repo/ubuntu-fs" /srv && layer && rm -rf ubuntu-fs && ${make}`;
    // In a PID namespace, where pnpm rootfs does not see the containers of other tests
    const start = 'exec unshare --pid --fork --kill-child --mount-proc "$@"';
    const result = await runOn({ prepare, start }, last, ["ls", "/ROOT_OF_CONTAINER"]);
    const stdout = status === 0 ? "/ROOT_OF_CONTAINER\n" : "";
    expect(result).toMatchObject({ status, stdout, stderr: expect.stringMatching(line) });
  });
});

it("of a command that is there, a stage does not say that it is not found", async () => {
  const prepare =
    "layer && echo '#!/nowhere' >ubuntu-fs/bin/script && chmod +x ubuntu-fs/bin/script";
  const { status, stderr } = await runOn({ prepare }, "03-pid-mnt-chroot", ["script"]);
  expect(status).toBe(127);
  expect(stderr).toContain("\nscript: its interpreter or dynamic loader is not there\n");
});

describe.each(rootedStages)("$name says so when the shell in ubuntu-fs", ({ name: stage }) => {
  it.each([
    ["is missing", "layer && rm ubuntu-fs/bin/sh", 127, "command not found"],
    ["is for another architecture", FOREIGN, 126, "cannot be executed (ENOEXEC)"],
  ])("%s", async (_, prepare, status, reason) => {
    const { stderr, ...result } = await runOn({ prepare }, stage, ["/bin/sh"]);
    expect(result).toMatchObject({ status, stdout: "" });
    expect(stderr).toMatch(/^Running main .*\nRunning child .*\n\/bin\/sh: .*\n$/);
    expect(stderr).toContain(`/bin/sh: ${reason}\n`);
  });
});
