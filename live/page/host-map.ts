import { defineComponent, h, type VNode } from "vue";
import type { Container, Leak, Picture, Process } from "../src/look/picture.ts";
import { arrange, isPlumbing, type Part, type Row, withoutPlumbing } from "./arrange.ts";
import { columnsFor } from "./columns.ts";
import { rowOf } from "./process-row.ts";
import { state } from "./state.ts";
import { containerTile, hostTile } from "./tiles.ts";

/** The map: the host as a frame, in it the processes as a tree, in it a frame for each container. */
export const HostMap = defineComponent({
  props: { onReopen: { type: Function, required: true } },
  setup: (props) => () => {
    const { picture, gone } = state;
    if (picture === undefined) return h("p", { class: "quiet" }, "Looking at the host …");
    const everything = [...picture.processes, ...gone.processes];
    const processes = state.showsAll ? everything : withoutPlumbing(everything);
    const parts = arrange(processes, [...picture.containers, ...gone.containers]);
    const columns = columnsFor(picture);
    const [anew, question] = ANEW[state.isSandbox ? "sandbox" : "machine"];
    return h("div", { class: "map", style: { "--columns": columns.length } }, [
      h("section", { class: "host", "aria-label": "The host" }, [
        h("header", [
          h("h2", "host"),
          h("strong", picture.host.hostname),
          h(
            "span",
            { class: "quiet" },
            `all ${count(picture.processes.length, "process", "processes")}`,
          ),
          h(
            "button",
            { type: "button", onClick: () => confirm(question) && props.onReopen() },
            anew,
          ),
          h("label", [
            h("input", {
              type: "checkbox",
              checked: state.showsAll,
              onChange: () => (state.showsAll = !state.showsAll),
            }),
            ` with the ${picture.processes.filter(isPlumbing).length} that only serve`,
          ]),
        ]),
        h(
          "div",
          { class: "tiles" },
          columns.map(([kind, label]) => hostTile(kind, label, picture)),
        ),
        h("div", { class: "rows head" }, [
          h("span", "process"),
          h("span", { class: "number" }, "on the host"),
          h("span", { class: "number" }, "inside"),
        ]),
        h(
          "div",
          { class: "rows" },
          parts.map((part) => partOf(part, picture)),
        ),
        ...picture.leaks.map(leakOf),
      ]),
      h(
        "p",
        { class: "quiet" },
        "A namespace is a set of processes that see the same thing. In colour: the container has its own. ↑: it sees the host’s. Point at a tile, and all who see the same light up.",
      ),
    ]);
  },
});

/** A host on which nothing can be started any more, as after a fork bomb, can still be taken away. */
const ANEW = {
  sandbox: ["new host", "A new host: all that runs in both terminals ends, and files stay. Go on?"],
  machine: ["new terminals", "New terminals: all that runs in both ends, and files stay. Go on?"],
} as const;

function partOf(part: Part, picture: Picture, depth = 0): VNode {
  if ("row" in part) return rowOf(part.row, depth, false);
  return frameOf(part.frame, part.rows, part.parts, picture);
}

function frameOf(container: Container, rows: Row[], parts: Part[], picture: Picture): VNode {
  const processes = rows
    .map(({ process }) => process)
    .filter((one) => isIn(one, container, picture));
  const depth = Math.min(...rows.map((row) => row.depth));
  const isGone = !picture.containers.some(({ id }) => id === container.id);
  const name = `container ${state.numbers[container.id]}`;
  const columns = columnsFor(picture);
  return h(
    "section",
    { key: container.id, class: ["container", isGone && "gone"], "aria-label": name },
    [
      h("header", [
        h("h3", name),
        h(
          "span",
          { class: "quiet" },
          `${count(rows.length, "process", "processes")} of the host’s`,
        ),
      ]),
      h(
        "div",
        { class: "tiles" },
        columns.map(([kind, label]) => containerTile(kind, label, container, processes, picture)),
      ),
      ...parts.map((part) =>
        "row" in part ? rowOf(part.row, depth, true) : partOf(part, picture),
      ),
    ],
  );
}

/** Tells whether a process is in a container itself, not in one inside it that has other numbers. */
function isIn(process: Process, container: Container, { containers }: Picture): boolean {
  if (process.container === container.id) return true;
  const own = containers.find(({ id }) => id === process.container);
  return own?.namespaces.pid === container.namespaces.pid;
}

function leakOf({ mount, mountPoint, container }: Leak): VNode {
  const short = (text: string) => text.replace(/\/.*(?=\/ubuntu-fs)/, "…");
  return h("p", { class: "leak", key: mountPoint, role: "status" }, [
    container === undefined
      ? "Left behind in the host’s mount table, and no process needs it: "
      : "The container’s mount is in the host’s table, too: ",
    h("code", { title: mountPoint }, short(mount)),
  ]);
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
