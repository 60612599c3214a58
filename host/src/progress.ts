import yoctoSpinner from "yocto-spinner";

export interface Progress {
  /** Says what is being done: on a line of its own where no spinner is shown. */
  step(text: string): void;
  /** Says how far it has got: shortened, and only beside the spinner. */
  detail(text: string): void;
  end(result?: string): void;
}

/**
 * Shows progress on stderr: a spinner on a terminal, plain lines in a log.
 *
 * @param prefix of each line that stays, such as "lab: "
 */
export function startProgress(prefix = ""): Progress {
  const spins = canSpin();
  // Left to itself, the spinner ends the program on Ctrl-C, before anything is cleaned up.
  const spinner = yoctoSpinner({ handleSignals: false });
  const print = (line: string) => void process.stderr.write(`${prefix}${line}\n`);
  // A tab is wider than a character: the line would be two, and the first of them stay
  const fit = (text: string) =>
    text.replace(/\s+/g, " ").slice(0, (process.stderr.columns || 80) - 3);
  let current = "";

  return {
    step(text) {
      current = text;
      if (spins) spinner.start(fit(text));
      else print(text);
    },
    detail(text) {
      if (spins) spinner.text = fit(`${current}: ${text}`);
    },
    end(result) {
      spinner.stop();
      if (result) print(result);
    },
  };
}

/** Tells whether stderr is a terminal on which lines can be written over. */
export function canSpin(): boolean {
  return process.stderr.isTTY && process.env.TERM !== "dumb" && !("CI" in process.env);
}
