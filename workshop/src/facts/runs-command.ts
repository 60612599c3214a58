import { expect, type Fact } from "./fact.ts";
import { reasonOf } from "./reason-of.ts";
import { plain, shellQuote, shown } from "./shown.ts";

const COMMAND = ["sh", "-c", 'printf "<%s>" "$@" && exit 7', "sh", "one", "two words", ""];
const OUTPUT = "<one><two words><>";

export const runsCommand: Fact = {
  id: "runs-command",
  title: "runs the command, with its arguments and its output",
  async check(code) {
    const ending = await code.run(...COMMAND);
    const expected = `${shellQuote(COMMAND)} prints ${OUTPUT}`;
    const { status } = ending;
    const stdout = plain(ending.stdout);
    // The status is for another fact, but here it tells whether the command was there
    const isSilent = stdout === "" && status === 7;
    expect(
      !isSilent,
      expected,
      "it ran, but what it printed went nowhere",
      'The command needs the terminal of the one who typed it: stdio: "inherit", in each spawn.',
    );
    expect(
      stdout === "" || stdout === OUTPUT,
      expected,
      `it printed ${shown(stdout)}`,
      hintForOutput(stdout),
    );
    const [actual, hint] = reasonOf(code, ending);
    const isCrash = status !== 7 && status !== 0 && actual.includes(": ");
    expect(stdout === OUTPUT && !isCrash, expected, actual, hint);
  },
};

function hintForOutput(stdout: string): string {
  if (stdout.replaceAll(OUTPUT, "") === "") return "The command has run more than once.";
  return stdout.includes(OUTPUT)
    ? "Standard output belongs to the command: what the stage itself says goes to console.error."
    : "The arguments go from run() to the command as they are, each one an element of the array.";
}
