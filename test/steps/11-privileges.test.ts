import { existsSync, readFileSync } from "node:fs";
import { arch } from "node:os";
import { runStage } from "host";
import { SYSCALL_NUMBERS, type Syscall } from "shared-native";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { withPrograms } from "../kit/with-programs.ts";
import { runOn } from "./surroundings/run-on.ts";

const STAGE = "11-privileges";

/** The programs of this machine, perl, apt and ping among them, in the container. */
const { prepare, stage } = withPrograms(STAGE);

/** Calls that ask for nothing that is there: whoever may make them gets another error, or none. */
const CALLS: [Syscall, string][] = [
  ["mount", "0, 0, 0, 0, 0"],
  ["umount2", "0, 0"],
  ["pivot_root", "0, 0"],
  ["open_tree", "-1, 0, 0"],
  ["move_mount", "-1, 0, -1, 0, 0"],
  ["fsopen", "0, 0"],
  ["unshare", "0"],
  ["setns", "-1, 0"],
  ["reboot", "0, 0, 0, 0"],
  ["swapoff", "0"],
  ["kexec_load", "0, 0, 0, 0"],
  ["init_module", "0, 0, 0"],
  ["delete_module", "0, 0"],
  ["bpf", "-1, 0, 0"],
  ["perf_event_open", "0, 0, 0, 0, 0"],
  ["io_uring_setup", "1, 0"],
  ["userfaultfd", "0"],
  ["add_key", "0, 0, 0, 0, -3"],
  ["request_key", "0, 0, 0, 0"],
  ["keyctl", "0, -3, 0"], // KEYCTL_GET_KEYRING_ID: the session's own
  ["ptrace", "0, 0, 0, 0"], // PTRACE_TRACEME
  ["process_vm_readv", "$$, 0, 0, 0, 0, 0"],
  ["open_by_handle_at", "-1, 0, 0"],
  ["clone", "0x10000000, 0, 0, 0, 0"], // CLONE_NEWUSER
];

const EPERM = 1;
const ENOSYS = 38;

/** Returns a script in Perl that makes calls, and prints the errno of each, 0 for none. */
function calling(calls: [number, string][]): string {
  const lines = calls.map(
    ([number, args]) =>
      `$r = syscall(${number}, ${args}); exit 99 unless defined $r; print $r == -1 ? $!+0 : 0, " ";`,
  );
  return `$SIG{SYS} = "DEFAULT"; ${lines.join("\n")}`;
}

const column = arch() === "arm64" ? 1 : 0;
const numberOf = (name: Syscall) => SYSCALL_NUMBERS[name][column] ?? -1;

describe.each([STAGE, `${STAGE} --init`])("%s", (name) => {
  it("refuses each call for mounts, namespaces, the kernel and others' secrets, by EPERM", async () => {
    const perl = calling(CALLS.map(([call, args]) => [numberOf(call), args]));
    const { stdout } = await runOn({ prepare }, name.replace(STAGE, stage), ["perl", "-e", perl]);
    const errnos = stdout.trim().split(" ").map(Number);
    expect(CALLS.map(([call], index) => [call, errnos[index]])).toEqual(
      CALLS.map(([call]) => [call, EPERM]),
    );
  });
});

describe(STAGE, () => {
  it("has clone3 answered by ENOSYS, so that programs take clone", async () => {
    const perl = calling([[numberOf("clone3"), "0, 0"]]);
    const { stdout } = await runOn({ prepare }, stage, ["perl", "-e", perl]);
    expect(stdout.trim()).toBe(`${ENOSYS}`);
  });

  it.skipIf(arch() !== "x64")(
    "refuses the numbers of x32: those of mount, and all others",
    async () => {
      const X32 = 0x40000000;
      const perl = calling(
        [
          [X32 + 165, "0, 0, 0, 0, 0"],
          [X32 + 39, ""], // getpid
        ].map(([number, args]) => [number, args || "0"]) as [number, string][],
      );
      const { stdout } = await runOn({ prepare }, stage, ["perl", "-e", perl]);
      expect(stdout.trim()).toBe(`${EPERM} ${EPERM}`);
    },
  );

  it.skipIf(arch() !== "x64")("ends a 32-bit program at its first call", async () => {
    const script = `echo ${program32().toString("base64")} | base64 -d >/tmp/program && chmod 755 /tmp/program; /tmp/program; echo $?`;
    // It exits with 7, where this kernel can run it at all
    const on = (name: string) => runOn({ prepare }, withPrograms(name).stage, ["sh", "-c", script]);
    const before = (await on("10-limits")).stdout;
    expect(["7\n", "126\n"]).toContain(before);
    expect((await on(STAGE)).stdout).toBe(before === "7\n" ? "159\n" : before); // 128 + SIGSYS
  });

  it("leaves no capability that programs of root's would inherit from who starts the stage", async () => {
    const start = 'exec setpriv --inh-caps=+sys_admin "$@"';
    const seen = async (name: string) =>
      (await runOn({ start }, name, ["grep", "-E", "^Cap(Inh|Eff)", "/proc/self/status"])).stdout;
    expect(await seen("10-limits")).toMatch(/^CapInh:\t0000000000200000$/m);
    expect(await seen(STAGE)).toBe("CapInh:\t0000000000000000\nCapEff:\t00000000a80425fb\n");
  });

  it("lets root ping, change its user, make users' files, listen on port 80, and trace nobody", async () => {
    const script = `
      ping -c 1 127.0.0.1 >/dev/null && echo ping
      setpriv --reuid=65534 --regid=65534 --clear-groups id -u
      touch /tmp/file && chown 65534:65534 /tmp/file && stat -c %u /tmp/file
      perl -MIO::Socket::INET -e 'IO::Socket::INET->new(LocalPort => 80, Listen => 1) and print "listens\\n"'
      perl -e 'print syscall(${numberOf("ptrace")}, 16, getppid, 0, 0) == -1 ? "traces nobody\\n" : "traces\\n"'`;
    const { stdout } = await runOn({ prepare }, stage, ["sh", "-c", script]);
    expect(stdout).toBe("ping\n65534\n65534\nlistens\ntraces nobody\n");
  });

  it("gives root to nobody through a program's file: sudo and the like", async () => {
    const script = `
      cp /usr/bin/id /tmp/id && chmod 4755 /tmp/id &&
      setpriv --reuid=65534 --regid=65534 --clear-groups /tmp/id -u`;
    const { stdout } = await runOn({ prepare }, stage, ["sh", "-c", script]);
    expect(stdout).toBe("65534\n");
    // In the stage before, it does
    const before = withPrograms("10-limits");
    const machine = { prepare: before.prepare };
    expect((await runOn(machine, before.stage, ["sh", "-c", script])).stdout).toBe("0\n");
  });

  it("lets apt install a package, with its own user for what it fetches", async () => {
    const { status, stdout, stderr } = await runOn({ prepare }, stage, ["sh", "-ec", APT]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(/^hello from a package$/m);
  });

  it("does not keep init from its work", async () => {
    // It reaps the orphan, and passes the signal on
    const script =
      "(sleep 0.1 &); sleep 0.5; ps -e -o stat= | grep -c Z; trap 'exit 5' USR1; kill -USR1 1; sleep 60 & wait; exit 6";
    const { status, stdout } = await runStage(
      await openHost(),
      STAGE,
      "--init",
      "sh",
      "-c",
      script,
    );
    expect({ status, stdout }).toEqual({ status: 5, stdout: "0\n" });
  });
});

/** Returns a 32-bit program for x86, in ELF: exit(7). */
function program32(): Buffer {
  const base = 0x08048000;
  const code = Buffer.from("b801000000bb07000000cd80", "hex"); // mov eax, 1; mov ebx, 7; int 0x80
  const size = 84 + code.length;
  const words = (...numbers: number[]) => Buffer.from(new Uint32Array(numbers).buffer);
  const halves = (...numbers: number[]) => Buffer.from(new Uint16Array(numbers).buffer);
  return Buffer.concat([
    Buffer.from("7f454c46010101000000000000000000", "hex"),
    halves(2, 3), // an executable, for i386
    words(1, base + 84, 52, 0, 0), // begins behind both headers
    halves(52, 32, 1, 0, 0, 0),
    words(1, 0, base, base, size, size, 5, 0x1000), // to be loaded, readable and executable
    code,
  ]);
}

/** Makes a package and a repository of it, and installs it from there, in a folder of its own. */
const APT = `
  mkdir -p /tmp/hello/DEBIAN /tmp/hello/opt /tmp/repo
  printf 'Package: hello-container\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody <nobody@example.org>\\nDescription: hello\\n' >/tmp/hello/DEBIAN/control
  echo hello from a package >/tmp/hello/opt/hello
  dpkg-deb --build --root-owner-group /tmp/hello /tmp/repo/hello.deb >/dev/null
  cd /tmp/repo && chmod -R a+rX /tmp/repo
  { dpkg-deb --field hello.deb; echo Filename: ./hello.deb; echo Size: $(stat -c %s hello.deb); echo SHA256: $(sha256sum hello.deb | cut -d' ' -f1); echo; } >Packages
  echo 'deb [trusted=yes] copy:/tmp/repo ./' >/etc/apt/sources.list
  rm -rf /etc/apt/sources.list.d/* /etc/apt/apt.conf.d/*
  apt-get update >/tmp/log 2>&1 || { cat /tmp/log >&2; exit 1; }
  apt-get install --yes hello-container >/tmp/log 2>&1 || { cat /tmp/log >&2; exit 1; }
  cat /opt/hello`;

/** The headers of the C library, by which programs are compiled. */
const HEADERS = [
  "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
  "/usr/include/asm-generic/unistd.h",
];

describe("the numbers of system calls", () => {
  it.each(HEADERS.map((header, index) => [["x86-64", "arm64"][index], header, index] as const))(
    "are those of %s in %s",
    (_, header, index) => {
      if (!existsSync(header)) return; // a machine of another kind, or without a compiler
      const text = readFileSync(header, "utf8");
      const defined = new Map(
        [...text.matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)$/gm)].map(([, name, number]) => [
          name,
          Number(number),
        ]),
      );
      for (const [name, numbers] of Object.entries(SYSCALL_NUMBERS)) {
        expect([name, numbers[index]]).toEqual([name, defined.get(name)]);
      }
    },
  );
});
