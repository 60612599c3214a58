import type { Container, Process } from "../src/look/picture.ts";

/** A process in the tree, with how deep it is among those that are shown. */
export interface Row {
  process: Process;
  depth: number;
}

/** A part of the tree: a process, or a container with all that is in it. */
export type Part = { row: Row } | { frame: Container; parts: Part[]; rows: Row[] };

/** Arranges the processes as a tree, in which each container is a frame. */
export function arrange(processes: Process[], containers: Container[]): Part[] {
  return partsOf(inOrder(processes), undefined, new Map(containers.map((one) => [one.id, one])));
}

/** Puts children after their parents. */
function inOrder(processes: Process[]): Row[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  const children = new Map<number, Process[]>();
  for (const process of processes) {
    const parent = pids.has(process.parent) ? process.parent : 0;
    children.set(parent, [...(children.get(parent) ?? []), process]);
  }
  const rows: Row[] = [];
  const walk = (parent: number, depth: number) => {
    for (const process of children.get(parent) ?? []) {
      rows.push({ process, depth });
      walk(process.pid, depth + 1);
    }
  };
  walk(0, 0);
  return rows;
}

function partsOf(
  rows: Row[],
  around: string | undefined,
  containers: Map<string, Container>,
): Part[] {
  const parts: Part[] = [];
  const done = new Set<string>();
  for (const row of rows) {
    const frame = frameIn(row, around, containers);
    if (frame === undefined) parts.push({ row });
    else if (!done.has(frame.id)) {
      done.add(frame.id);
      const within = rows.filter((one) => frameIn(one, around, containers) === frame);
      parts.push({ frame, rows: within, parts: partsOf(within, frame.id, containers) });
    }
  }
  return parts;
}

/** Finds the outermost container that a process is in, inside the one that is being drawn. */
function frameIn(
  { process }: Row,
  around: string | undefined,
  containers: Map<string, Container>,
): Container | undefined {
  if (process.container === around) return undefined;
  let frame = containers.get(process.container ?? "");
  while (frame?.outer !== undefined && frame.outer !== around && containers.has(frame.outer)) {
    frame = containers.get(frame.outer);
  }
  return frame;
}

/** Tells whether a process only serves: pnpm's own shells, the one that watches run(), the first of all. */
export function isPlumbing({ pid, command }: Process): boolean {
  return (
    pid === 1 || /^(?:\/bin\/)?sh -c (?:trap |(?:· )?read -r line|test -e \S*ROOT_OF)/.test(command)
  );
}

/** Leaves out those that only serve, and gives their children to their parents. */
export function withoutPlumbing(processes: Process[]): Process[] {
  const hidden = new Map(processes.filter(isPlumbing).map((one) => [one.pid, one.parent]));
  const parentOf = (pid: number): number => {
    const parent = hidden.get(pid);
    return parent === undefined ? pid : parentOf(parent);
  };
  return processes
    .filter(({ pid }) => !hidden.has(pid))
    .map((process) => ({ ...process, parent: parentOf(process.parent) }));
}
