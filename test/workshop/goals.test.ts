import { describe, expect, it } from "vitest";
import { starterOf } from "workshop/practice/starter";
import { stages } from "workshop/stages";

describe.each(stages)("the goal of $name", (stage) => {
  const { goal, facts } = stage;

  it("is what the facts ask for: each part has some, and each of them belongs to one part", () => {
    for (const { says, facts } of goal) expect(facts, says).not.toHaveLength(0);
    const asked = goal.flatMap(({ facts }) => facts.map(({ id }) => id));
    expect(new Set(asked).size).toBe(asked.length);
    expect(facts.map(({ id }) => id)).toEqual(asked);
  });

  it("stands on top of the code to start from, all of it", () => {
    const comment = starterOf(stage).replace(/\n\/\/ +/g, " ");
    for (const { says } of goal) expect(comment).toContain(says);
  });
});
