import { describe, expect, it } from "vitest";
import { codeOf } from "workshop/practice/lesson";
import { starterOf } from "workshop/practice/starter";
import { statementsIn } from "workshop/practice/statements";
import { stages } from "workshop/stages";
import { numberOf, originOf } from "workshop/stages/find-stage";
import { openClass } from "./open-class.ts";

describe.each(stages)("the hints of $name", (stage) => {
  const lines = codeOf(stage).split("\n");

  it("are for the facts that are new in it, and for no others", () => {
    const isNew = (id: string) => originOf(id, stage) === stage;
    const facts = stage.facts.map(({ id }) => id).filter(isNew);
    expect(Object.keys(stage.hints).sort()).toEqual(facts.sort());
  });

  it("name statements that are in its code, once", () => {
    for (const beginning of Object.values(stage.hints).flatMap(({ code }) => code)) {
      const found = lines.filter((line) => line.trimStart().startsWith(beginning));
      expect(found, beginning).toHaveLength(1);
    }
  });

  it("show all that is new in its code", () => {
    const starter = starterOf(stage).replaceAll(`practice-${numberOf(stage)}`, stage.name);
    const body = lines.slice(lines.findLastIndex((line) => / from "/.test(line)) + 1);
    const added = body.filter((line) => !starter.includes(line));
    const hints = Object.values(stage.hints);
    const shown = hints.flatMap(({ code }) => statementsIn(codeOf(stage), code));
    expect(added.filter((line) => !shown.includes(line))).toEqual([]);
  });
});

describe("pnpm workshop hint", () => {
  const main = "practice/03-pid-mnt-chroot/src/main.ts";
  const title = (output: string) => /Hint .*/.exec(output)?.[0];

  it("has an idea, a direction and the code, for the first fact that is new", async () => {
    const { workshop } = await openClass();
    const hints: string[] = [];
    for (let i = 0; i < 4; i++) hints.push((await workshop("hint", "03")).stdout);
    expect(hints.map(title)).toEqual([
      "Hint 1 of 3: starts the command in a new PID namespace",
      "Hint 2 of 3: starts the command in a new PID namespace",
      "Hint 3 of 3: starts the command in a new PID namespace",
      "Hint 3 of 3: starts the command in a new PID namespace",
    ]);
    expect(hints[2]).toContain(
      "\n        cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,\n",
    );
    expect(hints[2]).not.toContain("chroot(");
  });

  it("follows the fact that fails, in the code as it is now, and says nothing of what holds", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "03");
    expect(title((await workshop("hint", "03")).stdout)).toMatch(
      "1 of 3: starts the command in a new",
    );
    await shell(`cp steps/03-pid-mnt-chroot/src/main.ts ${main} && sed -i '/ mount(/d' ${main}`);
    const idea = await workshop("hint", "03");
    expect(title(idea.stdout)).toBe(
      "Hint 1 of 3: has a /proc of its own, which shows its own processes only",
    );
    expect(idea.stdout).not.toMatch(/CLONE_|chroot/);
    await workshop("hint", "03");
    expect((await workshop("hint", "03")).stdout).toContain('\n      mount("proc", ');
  });

  it("shows what has changed, when the fact held to begin with", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "03");
    await shell(`sed -i '/sethostname("container")/d' ${main}`);
    const { stdout } = await workshop("hint", "03");
    expect(title(stdout)).toBe('Hint 1 of 3: has the hostname "container" inside');
    expect(stdout).toMatch(/It held in the code that you began with/);
    await workshop("hint", "03");
    const changes = (await workshop("hint", "03")).stdout.match(/^[-+] .*/gm);
    expect(changes).toEqual(['-  sethostname("container");']);
  });

  it("uses none up when all facts hold, and begins again when the student does", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "01");
    await workshop("hint", "01");
    await shell("cp steps/01-uts/src/main.ts practice/01-uts/src/main.ts");
    for (let i = 0; i < 2; i++) {
      const { status, stdout } = await workshop("hint", "01");
      expect({ status, stdout }).toMatchObject({ status: 0 });
      expect(stdout).toContain("All facts hold: there is nothing to hint at.");
    }
    await workshop("practice", "01", "--reset");
    expect(title((await workshop("hint", "01")).stdout)).toMatch(/^Hint 1 of 3: runs the command/);
  });
});
