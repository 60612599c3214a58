import path from "node:path";
import { type HeldNamespace, holdNamespace, namespaceOf, until } from "host";
import type { Shell } from "./checked-code.ts";
import { expect, type Fact } from "./fact.ts";
import { ANY_COMMAND } from "./passes-status.ts";
import { STAYS } from "./stays.ts";
import { endedEarly } from "./wrong-endings.ts";

export const unmountsAtEnd: Fact = {
  id: "unmounts-at-end",
  title: "leaves no mount on the host when it has ended",
  async check({ compareHost }) {
    const { before, after } = await compareHost(...ANY_COMMAND);
    const fewer = added(after.mounts, before.mounts);
    expect(
      fewer.length === 0,
      "the host's mount table is as it was before",
      `${fewer.join(", ")} is not mounted any more`,
      "umount took a mount of the host: it must run inside, on what child() itself has mounted.",
    );
    const more = added(before.mounts, after.mounts);
    expect(
      more.length === 0,
      "the host's mount table is as it was before",
      `it also has ${more.join(", ")}`,
      more.some((point) => path.basename(point) === "proc")
        ? 'Mounts do not end with the process that made them, while the host shares them: umount("/proc") when the command has ended, also when something fails (try … finally).'
        : "What is mounted in the container must be unmounted at its end.",
    );
  },
};

export const endsAll: Fact = {
  id: "ends-all",
  title: "ends all its processes with the command",
  async check({ start }) {
    const shell = await start(STAYS);
    const namespace = holdNamespace(shell.pid, "pid");
    if (!namespace) throw endedEarly();
    try {
      await checkEnd(shell, namespace);
    } finally {
      namespace.close();
    }
  },
};

async function checkEnd({ host, pid, running }: Shell, namespace: HeldNamespace): Promise<void> {
  const isOwn = !namespace.processes().includes(host.pid);
  running.endInput();
  // Longer than any limit
  await until("the end of the command", () => namespaceOf(pid, "pid") === undefined, 70);
  expect(
    running.excess() === undefined,
    "a shell that reads its input ends with that",
    "it went on reading, and was ended",
    'The command reads what the one who typed it types: stdio: "inherit", in each spawn.',
  );
  // Those that the time limit has ended did not end with the command
  const hasLeft = () => !isOwn || running.excess() !== undefined;
  const isEmpty = () => namespace.processes().length === 0;
  await until("the end of the others", () => hasLeft() || isEmpty(), 15).catch(() => {});
  expect(
    isEmpty() && !hasLeft(),
    "nothing is left in the PID namespace when the command has ended",
    "a process that the command had started in the background lives on",
    "When process 1 ends, the kernel ends the others. So child() must be process 1, and end with the command.",
  );
}

/** Returns what the second list has more than the first, duplicates counted. */
export function added(before: string[], after: string[]): string[] {
  const rest = [...before];
  return after.filter((point) => {
    const index = rest.indexOf(point);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
