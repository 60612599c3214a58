/** A process: its name, its number on the host and in the container, and the stage it came with. */
interface Process {
  name: string;
  pid: number;
  inside?: number;
  since?: number;
}

/** Something that a container can have of its own, and what that is from which stage on. */
interface Possession {
  what: string;
  from: Record<number, string>;
  /** The last stage that shows it. */
  until?: number;
}

const OUTSIDE: Process[] = [
  { name: "bash", pid: 1501 },
  { name: "pnpm", pid: 1502 },
  { name: "run()", pid: 1515 },
];

const POSSESSIONS: Possession[] = [
  { what: "hostname", from: { 1: "lab, a copy", 2: "container" } },
  { what: "process IDs", from: { 0: "the host's", 3: "1, 8, …", 6: "1: bash" } },
  { what: "root directory", from: { 0: "the host's", 3: "ubuntu-fs", 8: "an overlay" } },
  { what: "mounts", from: { 0: "the host's", 3: "/proc", 6: "/, /proc", 7: "/, /dev, /proc…" } },
  { what: "seen by the host", from: { 0: "yes", 4: "no" }, until: 8 },
  { what: "network", from: { 9: "lo, eth0" } },
  { what: "tasks", from: { 0: "no limit", 5: "10 at most" }, until: 11 },
  { what: "users", from: { 12: "root is you" } },
];

const WIDTH = 480;
const ROW = 25;

/** Draws the processes of a stage on the host and in the container, as SVG. */
export function drawProcessTree(stage: number): string {
  const outside = outsideOf(stage);
  const rows = [...outside, ...insideOf(stage)];
  const top = 48 + outside.length * ROW;
  const boxHeight = 30 + (rows.length - outside.length) * ROW + 108;
  const y = (index: number) => 62 + index * ROW + (index >= outside.length ? 28 : 0);
  const id = `process-tree-${stage}`;
  return [
    `<svg class="diagram" viewBox="0 0 ${WIDTH} ${top + boxHeight + 12}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">The processes of stage ${stage}</title>`,
    `<desc id="${id}-desc">${describe(stage, rows)}</desc>`,
    `<rect class="host" x="1" y="1" width="${WIDTH - 2}" height="${top + boxHeight + 10}" rx="10"/>`,
    '<text class="head on-host" x="16" y="27">host</text>',
    '<text class="small" x="345" y="27" text-anchor="end">on the host</text>',
    stage >= 3
      ? '<text class="small" x="452" y="27" text-anchor="end">in the container</text>'
      : "",
    `<rect class="container" x="10" y="${top}" width="${WIDTH - 20}" height="${boxHeight}" rx="10"/>`,
    `<text class="head on-container" x="${WIDTH - 28}" y="${top + 24}" text-anchor="end">container</text>`,
    ...rows.map((row, index) => drawProcess(row, index, y, stage)),
    ...possessionsOf(stage).map((each, index) =>
      drawPossession(each, index, top + boxHeight - 106, stage),
    ),
    "</svg>\n",
  ].join("\n");
}

/** A shell of the host waits for process 1, from the stage on in which run() cannot make the namespaces. */
function outsideOf(stage: number): Process[] {
  return stage < 12 ? OUTSIDE : [...OUTSIDE, { name: "sh", pid: 1519, since: 12 }];
}

function insideOf(stage: number): Process[] {
  const child = { name: "child()", pid: 1522, inside: 1, since: 2 };
  const command = { name: "/bin/bash", pid: stage === 1 ? 1522 : 1529, inside: 8, since: 1 };
  // From there on, child() becomes the command
  if (stage >= 6) return [{ ...command, pid: child.pid, inside: 1 }];
  return stage === 1 ? [command] : [child, command];
}

function drawProcess(
  { name, pid, inside, since }: Process,
  index: number,
  y: (index: number) => number,
  stage: number,
): string {
  const x = 24 + index * 22;
  const fresh = since === stage ? ' class="new"' : "";
  const branch = `<path class="line" d="M${x - 14} ${y(index - 1) + 7}V${y(index) - 5}H${x - 4}"/>`;
  const number = `<text x="452" y="${y(index)}" text-anchor="end"${stage === 3 || stage === 6 ? ' class="new"' : ""}>${inside}</text>`;
  return [
    index > 0 ? branch : "",
    '<g class="code">',
    `<text x="${x}" y="${y(index)}"${fresh}>${name}${fresh && " (new)"}</text>`,
    `<text x="345" y="${y(index)}" text-anchor="end">${pid}</text>`,
    inside !== undefined && stage >= 3 ? number : "",
    "</g>",
  ].join("");
}

function drawPossession(possession: Possession, index: number, top: number, stage: number): string {
  const x = 20 + (index % 3) * 148;
  const y = top + Math.floor(index / 3) * 51;
  const { value, since } = possessionAt(possession, stage);
  const state = since === stage ? "own fresh" : since > 0 ? "own" : "shared";
  return [
    `<g class="possession ${state}">`,
    `<rect x="${x}" y="${y}" width="144" height="46" rx="7"/>`,
    `<text class="small" x="${x + 10}" y="${y + 18}">${possession.what}${since === stage ? ": new" : ""}</text>`,
    `<text class="code" x="${x + 10}" y="${y + 37}">${value}</text>`,
    "</g>",
  ].join("");
}

/** Returns those that there is room for: six. */
function possessionsOf(stage: number): Possession[] {
  return POSSESSIONS.filter(
    ({ from, until = stage }) => stage <= until && Object.keys(from).some((each) => +each <= stage),
  );
}

/** Returns what a container has in a stage, and the stage in which it got that. */
function possessionAt({ from }: Possession, stage: number): { value: string; since: number } {
  const since = Math.max(
    ...Object.keys(from)
      .map(Number)
      .filter((each) => each <= stage),
  );
  return { value: from[since] ?? "", since };
}

function describe(stage: number, rows: Process[]): string {
  const names = rows.map(({ name, pid, inside }) =>
    stage >= 3 && inside ? `${name} is ${pid} and inside ${inside}` : `${name} is ${pid}`,
  );
  const own = possessionsOf(stage).map((possession) => {
    const { value, since } = possessionAt(possession, stage);
    return `${possession.what}: ${value}${since === stage ? ", which is new" : ""}`;
  });
  const inside = rows.slice(outsideOf(stage).length).map(({ name }) => name);
  return `A tree of processes, each the child of the one before: ${names.join(", ")}. In the box of the container: ${inside.join(" and ")}. The container has these: ${own.join("; ")}.`;
}
