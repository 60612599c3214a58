import { defineComponent, h } from "vue";
import { data as passed } from "./progress.data.ts";

/** The solution of a stage: folded until somebody asks for it, or until `check` has passed. */
export const Solution = defineComponent({
  props: { stage: { type: String, required: true } },
  setup({ stage }, { slots }) {
    const number = stage.slice(0, 2);
    const text = passed.includes(stage)
      ? "Your code has passed. This is ours"
      : `Open it when "pnpm workshop check ${number}" has passed, or when you are stuck`;
    return () =>
      h("details", { class: "solution", open: passed.includes(stage) }, [
        h("summary", text),
        slots.default?.(),
      ]);
  },
});
