import { arch } from "node:os";
import { repo, stageFolder } from "host";
import { describe, expect, it } from "vitest";
import { hasOwnSession } from "workshop/facts/own-session";
import { filtersCalls } from "workshop/facts/privileges";
import { rootedStages } from "workshop/stages";
import { openHost } from "../kit/open-host.ts";
import { openTerminal } from "../kit/open-terminal.ts";
import { withPrograms } from "../kit/with-programs.ts";
import { runOn } from "./surroundings/run-on.ts";

/** The last stage: the course lists what its container shares with its host, and the effects. */
const last = rootedStages.at(-1)?.name ?? "";

/** The last one in the session of whoever starts it, and in the host's IPC namespace. */
const sharing = rootedStages.findLast(({ facts }) => !facts.includes(hasOwnSession))?.name ?? "";

/** The numbers of add_key(2) and keyctl(2): libc has neither. */
const [ADD_KEY, KEYCTL] = arch() === "arm64" ? [217, 219] : [248, 250];

describe(sharing, () => {
  it("shares its terminal: a program in it types into the host's shell", async () => {
    const { terminal, start } = await openShell(sharing);
    // TIOCSTI: as if the character were typed. The host's shell reads it when the container has ended
    const type = "ioctl(STDIN, 0x5412, $_) for split //, qq(echo typed on \\$(hostname)\\n)";
    terminal.type(`${start} perl -e '${type}'\r`);
    await terminal.shows(/typed on disposable-host/);
    terminal.type("exit\r");
    expect(await terminal.status()).toBe(0);
  });

  it("shares System V IPC: a program in it finds the host's shared memory", async () => {
    // In an IPC namespace that stands for the host's
    const start = `exec unshare --ipc sh -c 'ipcmk --shmem 4096 && exec "$@"' sh "$@"`;
    const { prepare, stage } = withPrograms(sharing);
    const { stdout } = await runOn({ prepare, start }, stage, ["ipcs", "--shmems"]);
    expect(stdout).toMatch(/^0x\w+ +0 +root +644 +4096 /m);
  });
});

/** The last one that may ask for keys. */
const asking = rootedStages.findLast(({ facts }) => !facts.includes(filtersCalls))?.name ?? "";

describe(last, () => {
  it("has a terminal of its own: what a program types there, nobody reads on the host", async () => {
    const { terminal, start } = await openShell(last);
    // Into each that it has: its input, and /dev/tty
    const type =
      "open(T, q(+<), q(/dev/tty)); for $to (*STDIN, *T) { ioctl($to, 0x5412, $_) for split //, qq(echo typed on \\$(hostname)\\n) } print qq(done\\n)";
    terminal.type(`${start} perl -e '${type.replaceAll("\\\\", "\\")}'\r`);
    await terminal.shows(/^done/m);
    await terminal.shows(/bash-[\d.]+# /, 2); // until then, what is typed is for the container
    terminal.type("echo still $((1 + 1)) here; exit\r");
    expect(await terminal.status()).toBe(0);
    expect(terminal.screen()).toContain("still 2 here");
    expect(terminal.screen()).not.toContain("typed on disposable-host");
  });
});

describe(asking, () => {
  it("shares keyrings: a program in it reads the host's key", async () => {
    const key = '($type, $name, $text) = ("user", "secret", "sesame");';
    // A session keyring that stands for the host's: KEYCTL_JOIN_SESSION_KEYRING, then a key in it
    const add = `${key} syscall(${KEYCTL}, 1, 0) > 0 and
      syscall(${ADD_KEY}, $type, $name, $text, 6, -3) > 0 and exec @ARGV; die $!`;
    const start = `exec perl -e '${add}' "$@"`;
    // KEYCTL_SEARCH, then KEYCTL_READ
    const read = `${key} $found = syscall(${KEYCTL}, 10, -3, $type, $name, 0);
      $text = " " x 6; syscall(${KEYCTL}, 11, $found, $text, 6) == 6 and print $text`;
    const { prepare, stage } = withPrograms(asking);
    const { stdout } = await runOn({ prepare, start }, stage, ["perl", "-e", read]);
    expect(stdout).toBe("sesame");
  });
});

/** Opens a shell on a host, in the folder of a stage whose container has perl, and tells how to start that. */
async function openShell(name: string) {
  const { prepare, stage } = withPrograms(name);
  const host = await openHost();
  await host.run("sh", "-c", `repo="$1"; ${prepare}`, "sh", repo);
  const terminal = await openTerminal([...host.enter(stageFolder(name)), "bash", "--norc"]);
  return { terminal, start: ["pnpm --silent start", ...stage.split(" ").slice(1)].join(" ") };
}
