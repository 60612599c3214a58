import type { Container, Process, View } from "../src/look/picture.ts";
import type { Kind } from "./columns.ts";
import { state } from "./state.ts";

/** Tells which thing it is that is seen: two that give the same value see the same. */
function identityOf(kind: Kind, view: View): string {
  if (kind === "root" || kind === "layers") return view.rootId;
  if (kind === "dev") return view.devId;
  if (kind === "capabilities") return view.capabilities;
  if (kind === "limit") return view.limit?.cgroup ?? "";
  return view.namespaces[kind] ?? "";
}

/** Tells whether a process sees the thing that is pointed at. */
export function isLit(process: Process): boolean {
  const { lit, picture } = state;
  if (lit === undefined || picture === undefined) return false;
  const kind = lit.kind as Kind;
  const container = picture.containers.find(({ id }) => id === process.container);
  const seen = identityOf(kind, container ?? picture.host);
  // A limit is that of single processes: child() is not counted
  if (kind === "limit") return lit.value !== "" && process.counted > 0 && seen === lit.value;
  return seen === lit.value;
}

/** Lets a tile light up those that see the same, by mouse and by keyboard. */
export function lightsUp(kind: Kind, view: View | Container) {
  const on = () => {
    state.lit = { kind, value: identityOf(kind, view) };
  };
  const off = () => {
    state.lit = undefined;
  };
  return { onMouseenter: on, onMouseleave: off, onFocus: on, onBlur: off };
}
