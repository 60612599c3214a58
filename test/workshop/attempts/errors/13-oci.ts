import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "the wrong thing opened",
    edits: [["openStart(folder)", "openStart(line)"]],
    fact: "start",
    actual: /"path" argument must be of type string/,
    hint: /line that it names/,
  },
  {
    name: "a container read that is not there yet",
    edits: [["  await launch(line);\n", "  load(line);\n  await launch(line);\n"]],
    fact: "create-waits",
    actual: /container does not exist: web/,
    hint: /Read the message/,
  },
];
