import type { Container, Picture } from "../src/look/picture.ts";
import type { Kind } from "./columns.ts";
import { state } from "./state.ts";

/** Says what there is to say of a thing that is a container's own. */
export function noteOf(kind: Kind, { root, sharesMounts }: Container): string {
  if (kind === "mnt" && sharesMounts) return "leaks to the host";
  // From pivot_root(2) on, no path leads out of it: so it has none on the host
  if (kind === "root" && root === "/") return "the host’s is gone";
  return kind === "layers" ? "the last its own" : "its own";
}

/** Says whose it is that a container sees, where it has none of its own. */
export function whoseOf(kind: Kind, container: Container, picture: Picture): string {
  // In another root, those of the host are out of sight
  if (
    (kind === "dev" || kind === "layers") &&
    container.rootId !== picture.host.rootId &&
    container.outer === undefined
  ) {
    return "none";
  }
  return `↑ ${ownerOf(kind, container, picture)}`;
}

function ownerOf(kind: Kind, container: Container, { containers }: Picture): string {
  const outer = containers.find(({ id }) => id === container.outer);
  if (outer === undefined) return "the host’s";
  return outer.own.includes(kind)
    ? `container ${state.numbers[outer.id]}’s`
    : ownerOf(kind, outer, { containers } as Picture);
}
