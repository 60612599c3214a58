import { defineComponent, h } from "vue";
import { passed } from "./passed.ts";

/** The solution of a stage: folded until somebody asks for it, or until `check` has passed. */
export const Solution = defineComponent({
  props: { stage: { type: String, required: true } },
  setup({ stage }, { slots }) {
    return () => {
      const hasPassed = passed.value.includes(stage);
      const text = hasPassed
        ? "Your code has passed. This is ours"
        : `Open it when "pnpm workshop check ${stage.slice(0, 2)}" has passed, or when you are stuck`;
      return h("details", { class: "solution", open: hasPassed }, [
        h("summary", text),
        slots.default?.(),
      ]);
    };
  },
});
