import { closeSync, openSync } from "node:fs";
import { attachDeviceProgram, ebpf } from "shared-native";
import type { DeviceRule } from "./resources.ts";

// From <linux/bpf.h>: struct bpf_cgroup_dev_ctx { __u32 access_type; __u32 major; __u32 minor; }
const TYPES: Record<string, number> = { b: 1, c: 2 };
const ACCESS: Record<string, number> = { m: 1, r: 2, w: 4 };
const ALL = 7;

// The registers: the kernel leaves the context in the first one, and 6 to 9 are free
const CONTEXT = 1;
const SCRATCH = 2;
const [TYPE, WANTED, MAJOR, MINOR] = [6, 7, 8, 9] as const;

/** Has the kernel ask a program about the devices of a cgroup: v2 has no files for that. */
export function filterDevices(cgroup: string, rules: DeviceRule[]): void {
  const fd = openSync(cgroup, "r");
  closeSync(attachDeviceProgram(fd, writeProgram(rules)));
  closeSync(fd);
}

/** Writes the program. The last rule that speaks of a device counts, so it is asked first. */
function writeProgram(rules: DeviceRule[]): Buffer[] {
  const program = [
    ebpf("LOAD", { register: TYPE, source: CONTEXT }),
    ebpf("AND", { register: TYPE, value: 0xffff }),
    ebpf("LOAD", { register: WANTED, source: CONTEXT }),
    ebpf("SHIFT_RIGHT", { register: WANTED, value: 16 }),
    ebpf("LOAD", { register: MAJOR, source: CONTEXT, offset: 4 }),
    ebpf("LOAD", { register: MINOR, source: CONTEXT, offset: 8 }),
  ];
  for (const rule of rules.toReversed()) {
    const questions = ask(rule);
    const steps = [ebpf("SET", { value: rule.allow ? 1 : 0 }), ebpf("EXIT")];
    // From the last to the first, as each has to know how many instructions to skip
    for (const question of questions.toReversed()) steps.unshift(...question(steps.length));
    program.push(...steps);
    // The kernel takes no program with a part that is never reached
    if (questions.length === 0) return program;
  }
  return [...program, ebpf("SET", { value: 1 }), ebpf("EXIT")];
}

/** A question: it gets the number of instructions to skip when the rule is about something else. */
type Question = (skip: number) => Buffer[];

function ask({ allow, type, major, minor, access }: DeviceRule): Question[] {
  const equal = (register: number, value: number | undefined): Question[] =>
    value === undefined
      ? []
      : [(skip) => [ebpf("IF_NOT_EQUAL", { register, value, offset: skip })]];
  const bits = [...access].reduce((all, letter) => all | (ACCESS[letter] ?? 0), 0);
  const isAbout: Question = (skip) => [
    ebpf("COPY", { register: SCRATCH, source: WANTED }),
    ebpf("AND", { register: SCRATCH, value: bits }),
    // Allowed is who wants no more than that. Refused is who wants any of it
    allow
      ? ebpf("IF_DIFFERENT", { register: SCRATCH, source: WANTED, offset: skip })
      : ebpf("IF_EQUAL", { register: SCRATCH, value: 0, offset: skip }),
  ];
  return [
    ...equal(TYPE, TYPES[type]),
    ...(bits === ALL ? [] : [isAbout]),
    ...equal(MAJOR, major),
    ...equal(MINOR, minor),
  ];
}
