import { defineComponent, h, type VNode } from "vue";
import type { Verdict } from "../src/messages.ts";
import { state } from "./state.ts";

const MARKS = { holds: "✓", fails: "✗", waits: "·" };

/** The verdicts on what was saved last in practice/, fact by fact. */
export const Verdicts = defineComponent({
  setup: () => () => {
    if (state.practice === undefined) return null;
    const { stage, facts, isChecking, reason } = state.practice;
    const held = facts.filter((fact) => fact.state === "holds").length;
    const isDone = facts.length > 0 && held === facts.length;
    return h(
      "section",
      { class: ["verdicts", isChecking && "busy", isDone && "done"], "aria-label": "Your code" },
      [
        h("details", [
          h("summary", [
            h("b", `practice/${stage}`),
            h(
              "span",
              { class: "bar", "aria-hidden": "true" },
              facts.map(({ id, state, title }) => h("i", { key: id, class: state, title })),
            ),
            h("span", { role: "status" }, statusOf(facts.length, held, isChecking)),
          ]),
          h(
            "ul",
            facts.map(({ id, state, title }) =>
              h("li", { key: id, class: state }, `${MARKS[state]} ${title}`),
            ),
          ),
        ]),
        ...facts.filter(({ state }) => state === "fails").map(failure),
        reason ? h("pre", { class: "failure" }, reason) : null,
      ],
    );
  },
});

function statusOf(facts: number, held: number, isChecking: boolean): string {
  if (isChecking) return "checking what you saved …";
  if (facts === 0) return "could not be checked";
  return facts === held ? `all ${facts} facts hold` : `${held} of ${facts} facts hold`;
}

function failure({ title, expected, actual, hint }: Verdict): VNode {
  const line = (name: string, text: string | undefined) =>
    text ? [h("dt", name), h("dd", text)] : [];
  return h("div", { class: "failure" }, [
    h("p", `✗ ${title}`),
    h("dl", [...line("expected", expected), ...line("actual", actual), ...line("hint", hint)]),
  ]);
}
