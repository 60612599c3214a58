import { existsSync } from "node:fs";
import { until } from "host";
import { expect, it } from "vitest";
import {
  BUNDLE,
  newConfig,
  newName,
  openBundleHost,
  type Runtime,
  reasonToSkip,
} from "../../kit/bundles.ts";

/** Waits at a socket for a terminal, as an engine does, types into it, and shows what comes out. */
const ENGINE = `
import os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.bind("/run/console")
server.listen()
connection, _ = server.accept()
_, (terminal,), _, _ = socket.recv_fds(connection, 4096, 1)
try:
    while text := os.read(terminal, 4096):
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
        if b"type" in text:
            os.write(terminal, b"hello\\n")
except OSError: # nobody has it open any more
    pass
`;

const PROGRAM =
  "test -c /dev/console || echo no console; stty size; stat -c %u $(tty); echo type; read line; echo got $line";

/** A process with a terminal of its own, whose size an engine has asked for. */
const withTerminal = {
  terminal: true,
  consoleSize: { height: 33, width: 111 },
};

/** Opens a host on which an engine waits for a terminal. Its output is all that was seen there. */
async function openEngine() {
  const host = await openBundleHost();
  const engine = host.run("python3", "-c", ENGINE);
  await until("the engine's socket", () => existsSync(host.file("/run/console")));
  return { host, seen: async () => (await engine).stdout.replaceAll("\r", "") };
}

const witnesses: Runtime[] = reasonToSkip() === undefined ? ["runc", "crun"] : [];

it.each<Runtime>(["ours", ...witnesses])(
  "the terminal of a container is sent to --console-socket, with its size: %s",
  async (runtime) => {
    const { host, seen } = await openEngine();
    const name = newName();
    const config = newConfig(["sh", "-c", PROGRAM], name);
    Object.assign(config.process, withTerminal);
    host.write(config);
    const socket = ["--console-socket", "/run/console"];
    const created = await host.call(runtime, "create", "--bundle", BUNDLE, ...socket, name);
    expect(created).toMatchObject({ status: 0, stderr: "" });
    expect(await host.call(runtime, "start", name)).toMatchObject({ status: 0 });
    expect(await seen()).toBe("33 111\n0\ntype\nhello\ngot hello\n");
    await host.call(runtime, "delete", "--force", name);
  },
);

it("that of exec is sent, too, and is another one", async () => {
  const { host, seen } = await openEngine();
  const name = newName();
  const config = newConfig(["sleep", "1000"], name);
  host.write(config);
  await host.call("ours", "create", "--bundle", BUNDLE, name);
  await host.call("ours", "start", name);
  const program = { ...config.process, ...withTerminal, args: ["sh", "-c", PROGRAM] };
  await host.run("sh", "-c", 'echo "$1" >/run/process.json', "sh", JSON.stringify(program));
  const options = ["--process", "/run/process.json", "--console-socket", "/run/console"];
  const { status, stderr } = await host.call("ours", "exec", ...options, "--detach", name);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  // The container has no terminal, and so no console
  expect(await seen()).toBe("no console\n33 111\n0\ntype\nhello\ngot hello\n");
  await host.call("ours", "delete", "--force", name);
});

it("create refuses a terminal that it cannot send to anybody", async () => {
  const host = await openBundleHost();
  const name = newName();
  const config = newConfig(["true"], name);
  Object.assign(config.process, withTerminal);
  host.write(config);
  const create = ["create", "--bundle", BUNDLE];
  for (const [options, reason] of [
    [[], /type --console-socket/],
    [["--console-socket", "/run/nobody"], /ENOENT/],
    [["--console-socket", `/run/${"x".repeat(110)}`], /at most 107 bytes/],
  ] as const) {
    const { status, stderr } = await host.call("ours", ...(create as ["create"]), ...options, name);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^13-oci: [^\n]+\n$/);
    expect(stderr).toMatch(reason);
  }
  expect((await host.run("sh", "-c", "ls /run/ours")).stdout).toBe("");
});
