import { expect, type Fact } from "./fact.ts";
import { reasonOf } from "./reason-of.ts";
import { shellQuote, shown } from "./shown.ts";

const COMMAND = ["sh", "-c", 'printf "<%s>" "$@"; exit 7', "sh", "one", "two words", ""];
const OUTPUT = "<one><two words><>";

export const runsCommand: Fact = {
  id: "runs-command",
  title: "runs the command, with its arguments and its output",
  async check({ stage, run }) {
    const ending = await run(...COMMAND);
    const expected = `${shellQuote(COMMAND)} prints ${OUTPUT}`;
    const { stdout, status } = ending;
    // The status is not part of this fact, but it tells whether the command was there
    const isSilent = stdout === "" && status === 7 && (await run("echo", "hello")).stdout === "";
    expect(
      !isSilent,
      expected,
      "it ran, but what it printed went nowhere",
      'The command needs the terminal of the one who typed it: stdio: "inherit", in each spawn.',
    );
    const hasRun = stdout !== "" || status === 7;
    expect(
      !hasRun || stdout === OUTPUT,
      expected,
      `it printed ${shown(stdout)}`,
      stdout.includes(OUTPUT)
        ? "Standard output belongs to the command: what the stage itself says goes to console.error."
        : "The arguments go from run() to the command as they are, each one an element of the array.",
    );
    // 0 may be a swallowed 7, which another fact is for
    const isWhole = hasRun && (status === 7 || status === 0);
    expect(isWhole, expected, ...reasonOf(stage, ending));
  },
};
