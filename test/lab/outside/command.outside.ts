import path from "node:path";
import { repo, run } from "host";
import { cache } from "lab/cache";
import { describe, expect, it } from "vitest";
import { letNobodyIn } from "../../kit/let-nobody-in.ts";
import { openHost } from "../../kit/open-host.ts";
import { openTerminal } from "../../kit/open-terminal.ts";
import { DISK, openCache } from "./open-cache.ts";
import { PROMPT } from "./open-shell.ts";
import { labCommand, startLab } from "./start-lab.ts";

it("gives a command's output and its exit status", async () => {
  const home = await openCache();
  const script = "pwd; id -un; printf 'no newline'; echo error >&2; exit 23";
  const lab = startLab(home, "--", "sh", "-c", script);
  expect(await lab.ended).toBe(23);
  expect(lab.stdout()).toBe("/workshop\nroot\nno newline");
  expect(lab.stderr()).toBe("error\n");
  expect(home.leftovers()).toEqual([]);
});

it("gives all of a large output, and has this computer's time", async () => {
  const home = await openCache();
  // Read slowly: all that fits on the way is there when the command ends, and the rest is not
  const slowly = ["bash", "-c", '"$@" | (sleep 2; cat)', "bash", ...labCommand];
  const lab = await run([...slowly, "--", "sh", "-c", "date +%s; seq 200000"], {
    env: { ...process.env, ...home.environment },
  });
  const [time, ...numbers] = lab.stdout.trimEnd().split("\n");
  expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
  expect(numbers).toHaveLength(200_000);
  expect(numbers.at(-1)).toBe("200000");
});

it("reads what is piped into it, to its end, and ends without having read it", async () => {
  const home = await openCache();
  const lab = (input: string, ...command: string[]) =>
    run(["bash", "-c", `${input} | "$@"`, "bash", ...labCommand, "--", ...command], {
      env: { ...process.env, ...home.environment },
    });
  const script = "read -r first; echo $first; wc -l";
  expect(await lab("seq 200000", "sh", "-c", script)).toMatchObject({ stdout: "1\n199999\n" });
  expect(await lab("yes", "echo", "done")).toMatchObject({ status: 0, stdout: "done\n" });
});

it("ends when the reader of its output has had enough, as head does", async () => {
  const home = await openCache();
  const script = `"$@" | head -1; echo "\${PIPESTATUS[0]}"`;
  const lab = ["bash", "-c", script, "bash", ...labCommand, "--", "seq", "3000000"];
  const { stdout } = await run(lab, {
    env: { ...process.env, ...home.environment },
  });
  expect(stdout).toBe("1\n141\n");
  expect(home.leftovers()).toEqual([]);
});

it("has the repo as it is now, and no file that the repo has no more", async () => {
  const home = await openCache();
  const list =
    "find . -name node_modules -prune -o -path ./ubuntu-fs -prune -o -name '*.ts' -print | sort";
  const lab = startLab(home, "--", "sh", "-c", list);
  expect(await lab.ended).toBe(0);
  const ours = await run(["sh", "-c", `cd "${repo}" && ${list}`]);
  expect(lab.stdout()).toBe(ours.stdout);
});

describe("for a user who is not root", () => {
  const home = "/mnt/home/containers-from-scratch";

  async function openUser(has: "disk" | "nothing") {
    const host = await openHost({ network: "shared" });
    const nobody = await letNobodyIn(host);
    // What root has made, in a folder of that user's
    const lend = `mkdir -p ${home} && chmod 777 ${home} && cp -r "$1" ${home} && chmod -R a+rX ${home}`;
    const root = has === "disk" ? path.join(cache, DISK) : "/dev/null";
    expect(await host.run("sh", "-c", lend, "sh", root)).toMatchObject({ status: 0 });
    const lab = [...nobody.as, "env", "XDG_CACHE_HOME=/mnt/home", "pnpm", "--silent"];
    return { host, lab: [...host.enter(), ...lab, "--dir", `${nobody.repo}/lab`, "lab"] };
  }

  it("needs no root", async () => {
    const { host, lab } = await openUser("disk");
    const command = ["--", "sh", "-c", "id -un; exit 7"];
    expect(await run([...lab, ...command])).toMatchObject({ status: 7, stdout: "root\n" });
    expect((await host.run("ls", home)).stdout).toBe(`clones\n${DISK}\n`);
  });

  it("opens a shell in a terminal that is another user's, as after su", async () => {
    const { lab } = await openUser("disk");
    const terminal = await openTerminal(lab);
    await terminal.shows(PROMPT);
    terminal.type("exit 5\r");
    expect(await terminal.status()).toBe(5);
  });

  it("says what to type when the user has no range of user numbers for the disk", async () => {
    const { lab } = await openUser("nothing");
    const { status, stderr } = await run([...lab, "--", "true"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^lab: you have no user numbers to lend: type "sudo usermod .*"\n$/);
  });
});
