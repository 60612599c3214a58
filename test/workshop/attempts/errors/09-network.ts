import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "child() that does not wait for the cable",
    edits: [
      ['const address = readFileSync(4, "utf8");', 'const address: string = "10.200.0.2";'],
      // Or the code may be quick enough, at times
      [
        "  plugIn(container, cable, ports);\n",
        "  setTimeout(plugIn, 2000, container, cable, ports);\n",
      ],
    ],
    fact: "runs-command",
    actual: /Cannot find device/,
    hint: /child\(\) has to wait/,
  },
  {
    name: "run() that does not say where its message ends",
    edits: [[".end(address);", ".write(address);"]],
    fact: "runs-command",
    hint: /waits? for/,
    seconds: 20,
  },
  {
    name: "a cable to a PID that is the container's own",
    edits: [["netns ${pid}`);", "netns 1`);"]],
    fact: "runs-command",
    hint: /./,
  },
];
