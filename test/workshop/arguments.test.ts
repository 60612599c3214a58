import fc from "fast-check";
import { repo } from "host";
import { expect, it } from "vitest";
import { chooseSource } from "workshop/rootfs/sources/choose-source";
import { stages } from "workshop/stages";
import { findStage } from "workshop/stages/find-stage";
import { anyText } from "../kit/any-text.ts";

/** Any text, and some that is likely to be mistyped. */
const word = (...likely: string[]) =>
  fc.oneof(fc.constantFrom(...likely, "", "-", "--", "/", ".", "..", "constructor"), anyText);

it("pnpm workshop takes any text for a stage, or says in one line what to type", () => {
  fc.assert(
    fc.property(word("3", "03", "13", "practice-03", "03-pid", "0x3", "３", "3\n"), (text) => {
      const found = outcome(() => findStage(text).name);
      if (stages.some(({ name }) => name === found)) expect(text).toMatch(/0*[1-9]/);
      else expect(found).toMatch(`there is no stage ${text}: type one of 01, 02, 03`);
    }),
  );
});

it("pnpm rootfs takes any text for a source, or says in one line what to type", () => {
  const from = word("host", "docker", "debootstrap", "a.tar", "../a.tar", "package.json");
  const suite = fc.option(word("noble", "24.04", "a/b", "--x", "$(id)"), { nil: undefined });
  fc.assert(
    fc.property(from, suite, (name, release) => {
      const found = outcome(() => chooseSource(name, release, repo).name);
      expect(found).toMatch(
        /^(this host|Docker's ubuntu:|debootstrap |package\.json$|--(from|suite) )/,
      );
      // What goes on to another program's command line is no option of its own
      expect(found).not.toMatch(/^(Docker's ubuntu:|debootstrap )-/);
    }),
  );
});

function outcome(call: () => string): string {
  try {
    return call();
  } catch (error) {
    // A TypeError would be a bug, and be shown with its stack.
    if (Object.getPrototypeOf(error) !== Error.prototype) throw error;
    return (error as Error).message;
  }
}
