import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ownStages } from "../kit/containers.ts";
import { runOn } from "./surroundings/run-on.ts";

/** Each Node that loads this module says so: in a file on the host, which the stage's layer is. */
const MODULE = `require("fs").appendFileSync("$repo/loaded", process.argv[2] + "\\n")`;

const PREPARE = `layer && echo '${MODULE}' | sed "s:.repo:$repo:" >"$repo/module.cjs" && touch "$repo/loaded"`;

describe.each(ownStages)("$name: a Node that is root's", ({ name: stage }) => {
  it("opens no debugger that the environment asks for, and child() loads no module", async () => {
    const port = randomInt(20_000, 30_000);
    const options = `--inspect=127.0.0.1:${port} --require \\"$repo/module.cjs\\"`;
    // Its image is there after the first start: other Nodes make it. Then run() itself loads the module
    const start = `"$@" >/dev/null 2>&1; export NODE_OPTIONS="${options}"; "$@"; cat "$repo/loaded"`;
    const hex = port.toString(16).toUpperCase().padStart(4, "0");
    const look = `echo "options:$NODE_OPTIONS"; grep -c ":${hex} .* 0A " /proc/net/tcp`;
    const { stdout } = await runOn({ prepare: PREPARE, start }, stage, ["sh", "-c", look]);
    expect(stdout).toBe("options:\n0\nrun\n");
  });

  it("loads nothing that lies in its working directory, or in the container's root", async () => {
    const files = `for folder in "$repo/steps/${stage}" "$repo/ubuntu-fs"; do
      echo "NODE_OPTIONS=--require=$repo/module.cjs" >"$folder/.env"
      echo "{\\"nodeOptions\\":{\\"require\\":[\\"$repo/module.cjs\\"]}}" >"$folder/node.config.json"
      mkdir -p "$folder/node_modules/tsx" "$folder/node_modules/esbuild" "$folder/node_modules/koffi"
      for name in tsx esbuild koffi; do cp "$repo/module.cjs" "$folder/node_modules/$name/index.js"; done
      cp "$repo/module.cjs" "$folder/index.js"
    done`;
    const prepare = `${PREPARE} && ${files}`;
    const { stdout } = await runOn({ prepare, start: '"$@"; cat "$repo/loaded"' }, stage, ["true"]);
    expect(stdout).toBe("");
  });

  it("passes on no channel of a Node that starts it", async () => {
    const fork = `const [, file, ...args] = process.argv;
      require("child_process").spawn(file, args, { stdio: ["inherit", "inherit", "inherit", "ipc"] })`;
    const start = `exec node -e '${fork}' -- "$@"`;
    const look = "ls /proc/self/fd; echo channel:$NODE_CHANNEL_FD";
    const { stdout } = await runOn({ start }, stage, ["sh", "-c", look]);
    expect(stdout).toBe("0\n1\n2\n3\nchannel:\n"); // 3 is the folder that ls reads
  });
});
