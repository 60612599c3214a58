import { h, ref, type VNode } from "vue";
import type { Wish } from "./course-frame.ts";
import { state } from "./state.ts";

/** Commands that can take files away: those of the host's terminals may be this computer's own. */
const DESTROYS =
  /\b(?:rm|rmdir|unlink|shred|dd|mkfs\S*|mv|truncate|wipefs)\b|--delete|[^\d&>]>(?![&>]|\s*\/dev\/)/;

const asked = ref<{ wish: Wish; reason: string }>();

/** Types a command of the course, after a question where it could do harm. */
export function typeOrAsk(wish: Wish, type: (wish: Wish) => void): void {
  const reason = reasonToAsk(wish);
  if (reason === undefined) type(wish);
  else asked.value = { wish, reason };
}

function reasonToAsk({ command, place, terminal }: Wish): string | undefined {
  const here = state.screens[terminal - 1] ? "container" : "host";
  if (here !== place) {
    return `In the course this is typed ${IN[place]}, and terminal ${terminal} is ${IN[here]}.`;
  }
  if (!DESTROYS.test(command)) return undefined;
  return `This can destroy files. ${state.isSandbox ? SANDBOX : MACHINE}`;
}

const SANDBOX =
  "The terminals have mounts and processes of their own, but the files are this computer’s.";
const MACHINE =
  "The terminals are those of the lab itself, and a virtual machine may share /workshop with your computer.";

const IN = { host: "on the host", container: "in a container" };

/** Draws the question. */
export function question(type: (wish: Wish) => void): VNode | null {
  if (asked.value === undefined) return null;
  const { wish, reason } = asked.value;
  const answer = (isWanted: boolean) => {
    asked.value = undefined;
    if (isWanted) type(wish);
  };
  return h(
    "dialog",
    {
      "aria-labelledby": "question",
      onVnodeMounted: ({ el }: VNode) => (el as HTMLDialogElement).showModal(),
      onCancel: () => answer(false),
    },
    [
      h("p", { id: "question" }, reason),
      h("pre", wish.command),
      h("p", [
        h("button", { type: "button", onClick: () => answer(false) }, "Do not type it"),
        h("button", { type: "button", onClick: () => answer(true) }, "Type it"),
      ]),
    ],
  );
}
