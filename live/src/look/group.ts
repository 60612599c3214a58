import { isIn } from "./limits.ts";
import { type Container, type Limit, NAMESPACES, type Namespace, type View } from "./picture.ts";
import type { Reading } from "./read-process.ts";

/** Processes that have the same namespaces, of which some are not the host's. */
export interface Group {
  id: string;
  /** The group that it was started from, if that is not the host. */
  outer: Group | undefined;
  members: Reading[];
  /** The member to ask: one that has the group's own root, as child() begins in the host's. */
  speaker: Reading;
  /** The things that are neither those of `outer` nor the host's. */
  own: Container["own"];
  limit: Limit | undefined;
}

/**
 * Leaves out all but the first process, those in a cgroup, and what they have started, wherever that is.
 * The first counts as one in that cgroup: systemd itself is in another, with a limit, which is no container.
 */
export function startedIn(cgroup: string, readings: Reading[]): Reading[] {
  const byPid = new Map(readings.map((reading) => [reading.pid, reading]));
  const isStarted = (reading: Reading | undefined): boolean =>
    reading !== undefined && (isIn(reading.cgroup, cgroup) || isStarted(byPid.get(reading.parent)));
  return readings
    .filter((reading) => reading.pid === 1 || isStarted(reading))
    .map((reading) => (reading.pid === 1 ? { ...reading, cgroup } : reading));
}

/**
 * Groups the processes that are not simply on the host.
 *
 * @param readings all processes
 * @param first the host's process 1
 * @param limitOf gives the limit of a cgroup that the host itself does not have
 */
export function groupProcesses(
  readings: Reading[],
  first: Reading,
  limitOf: (cgroup: string) => Limit | undefined,
): Group[] {
  const byPid = new Map(readings.map((reading) => [reading.pid, reading]));
  const groups = new Map<string, Group>();
  const groupOf = new Map<Reading | undefined, Group | undefined>();

  /** Finds the group of a process, after that of its parent. */
  function find(reading: Reading | undefined): Group | undefined {
    if (reading === undefined || groupOf.has(reading)) return groupOf.get(reading);
    const parent = find(byPid.get(reading.parent));
    const id = identify(reading, parent);
    if (id === undefined) return undefined;
    const isNew = !groups.has(id);
    const group = groups.get(id) ?? {
      ...{ id, outer: parent, members: [], speaker: reading, own: [], limit: undefined },
    };
    if (isNew) groups.set(id, group);
    groupOf.set(reading, group);
    group.members.push(reading);
    return group;
  }

  /** Names the group of a process, or returns undefined on the host. */
  function identify(reading: Reading, parent: Group | undefined): string | undefined {
    // It was ending when it was first seen: its namespaces are gone, but not those of its parent
    if (reading.namespaces.uts === undefined) return parent?.id;
    const own = ownOf(reading);
    const { namespaces } = waitedFor(reading, own) ?? reading;
    if (own.length > 0)
      return ownOf({ namespaces })
        .map((name) => `${name}:${namespaces[name]}`)
        .join(" ");
    if (reading.root.place !== first.root.place) return `root:${reading.root.place}`;
    const limit = limitOf(reading.cgroup);
    return limit && `limit:${limit.cgroup}`;
  }

  function ownOf({ namespaces }: Pick<Reading, "namespaces">) {
    return NAMESPACES.filter((name) => namespaces[name] !== first.namespaces[name]);
  }

  /**
   * Finds process 1 of a container that a process has just forked, or waits for: it is in all that this one
   * has unshared, and in a PID namespace of its own.
   */
  function waitedFor({ pid, parent, namespaces }: Reading, own: Namespace[]): Reading | undefined {
    const around = byPid.get(parent)?.namespaces;
    if (own.every((name) => namespaces[name] === around?.[name])) return undefined;
    return readings.find(
      (each) =>
        each.parent === pid &&
        each.namespaces.pid !== namespaces.pid &&
        own.every((name) => each.namespaces[name] === namespaces[name]),
    );
  }

  for (const reading of readings) find(reading);
  for (const group of groups.values()) describe(group, first.namespaces, first.root.place, limitOf);
  return [...groups.values()];
}

function describe(
  group: Group,
  host: View["namespaces"],
  hostRoot: string,
  limitOf: (cgroup: string) => Limit | undefined,
): void {
  const { members, outer } = group;
  const alive = members.filter(({ namespaces }) => namespaces.uts !== undefined);
  const outerRoot = outer?.speaker.root.place ?? hostRoot;
  const rooted = alive.filter(({ root }) => ![hostRoot, outerRoot, ""].includes(root.place));
  const isOwn = (name: Namespace, { namespaces }: Reading) =>
    ![host[name], outer?.speaker.namespaces[name]].includes(namespaces[name]);
  // One that waits for process 1 is in its namespaces, but for that of PIDs
  const speakerOf = (some: Reading[]) => some.find((each) => isOwn("pid", each)) ?? some[0];
  const inOwnRoot = speakerOf(rooted);
  group.speaker = inOwnRoot ?? speakerOf(alive) ?? group.speaker;
  group.own = NAMESPACES.filter((name) => isOwn(name, group.speaker));
  if (inOwnRoot) group.own.push("root");
  const cgroups = [...new Set(members.map(({ cgroup }) => cgroup))];
  group.limit = cgroups.map(limitOf).find((limit) => limit !== undefined);
  if (group.limit && group.limit.cgroup !== outer?.limit?.cgroup) group.own.push("limit");
}
