import { describe, expect, inject, it } from "vitest";
import { typeThere } from "./type-there.ts";

const room = inject("room");

/** A line for each thing that a class does at the beginning. */
const CLASS = `
  cd containers-from-scratch && pnpm --filter 03-pid-mnt-chroot start ls / | grep ROOT &&
  pnpm workshop practice 01 && cp steps/01-uts/src/main.ts practice/01-uts/src && pnpm workshop check 01`;

describe("sh /media/…/start, without a network,", () => {
  it.each(["bare", "withNode"] as const)("makes a machine ready: %s", async (machine) => {
    const { status, stdout, stderr } = await typeThere(
      room[machine],
      room.pack,
      `sh /media/stick/start && ${CLASS}`,
    );
    expect({ status }, stdout + stderr).toEqual({ status: 0 });
    expect(stdout).toContain("All stages can run here.");
    expect(stdout).toContain("Ready: nothing is left to download. Now type:\n  cd /root/cont");
    expect(stdout).toContain("\nROOT_OF_CONTAINER\n");
    expect(stdout).toContain("All 6 facts hold.");
  });

  it("leaves a student's code as it is when it is run again", async () => {
    const again = `${CLASS} && ls -A && cd && sh /media/stick/start && cat ~/*/practice/01-uts/src/main.ts`;
    const { status, stdout } = await typeThere(
      room.bare,
      room.pack,
      `sh /media/stick/start >log && ${again}`,
    );
    expect(status).toBe(0);
    expect(stdout).toContain("CLONE_NEWUTS");
    expect(stdout).not.toContain(".start-");
  });

  it("goes on where it was broken off", async () => {
    const broken = [1, 3, 5, 8].map((seconds) => `timeout ${seconds} sh /media/stick/start`);
    const lines = `${broken.join("; ")}; sh /media/stick/start && ls -A ~ ~/containers*`;
    const { status, stdout, stderr } = await typeThere(room.bare, room.pack, lines);
    expect({ status }, stdout + stderr).toEqual({ status: 0 });
    expect(stdout).toContain("Ready: nothing is left to download.");
    expect(stdout).not.toMatch(/\.start-|\.part/);
  });

  it("also does for who is not root, and says what only root can do", async () => {
    const ada = (line: string) =>
      `setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/home/ada ${line}`;
    const start = ada("sh /media/stick/start");
    const first = await typeThere(room.bare, room.pack, start);
    expect(first.stderr).toMatch(
      /^start: Node needs a library: type "sudo cp \S+libatomic\S+ \S+ && sudo ldconfig", then this line again\n$/,
    );
    expect(first.status).toBe(1);
    const copy = "cp /media/stick/libatomic* /usr/local/lib/libatomic.so.1 && ldconfig";
    const { status, stdout, stderr } = await typeThere(
      room.bare,
      room.pack,
      `${copy} && ${start} && ls -l /home/ada`,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain('type:\n  export PATH="/home/ada/.local/bin:$PATH"\n  cd /home/ada/');
    expect(stdout).toMatch(/ ada .* containers-from-scratch$/m);
  });
});

describe("start refuses, and says why,", () => {
  it.each<[string, string, string, RegExp]>([
    [
      "a file is damaged",
      "printf x >>packages-x64.tar",
      "",
      /packages-x64.tar is damaged, or from/,
    ],
    ["a file is missing", "rm course.tar.gz", "", /course.tar.gz is missing: copy the whole/],
    ["two packs are mixed", "echo >>SHA256SUMS", "", /SHA256SUMS is damaged, or from another pack/],
    ["there is an old pack's", "true", "/root/old", /old is from another pack: move it away, or/],
    ["something else is there", "true", "/root", /root is there already: type "sh .* <another/],
    ["an option is wrong", "true", "--nonsense", /no option --nonsense: type "sh .* \[--lab\]/],
    ["there is no lab", "true", "--lab", /this pack has no lab for amd64: ask your teacher/],
    ["the disk is small", "mount -t tmpfs -o size=9m tmpfs /opt", "/opt/x", /has 9 MB left, and/],
  ])("where %s", async (_, change, argument, reason) => {
    const lines = `mkdir old && echo 1234 >old/.pack && cp -r /media/stick /tmp && cd /tmp/stick &&
      ${change} && cd && sh /tmp/stick/start ${argument}; status=$?; ls -A ~; exit $status`;
    const { status, stdout, stderr } = await typeThere(room.bare, room.pack, lines);
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^start: .*\n$/);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^(1\/4 looking at the files\n)?\.bashrc\n\.profile\nold\n$/);
  });

  it("on a processor that has no pack", async () => {
    const lines = "setarch i686 sh /media/stick/start";
    const { status, stderr } = await typeThere(room.bare, room.pack, lines);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "start: this computer is i686, and the pack is for x86-64 and arm64\n",
    });
  });
});
