import yoctoSpinner from "yocto-spinner";

/** Shows on stderr what takes a while: a spinner on a terminal, plain lines in a log. */
export function startProgress(task: string) {
  const start = Date.now();
  const spins = process.stderr.isTTY && process.env.TERM !== "dumb" && !("CI" in process.env);
  // Left to itself, the spinner ends the program on Ctrl-C, before anything is cleaned up.
  const spinner = yoctoSpinner({ text: task, handleSignals: false });
  if (spins) spinner.start();
  else console.error(`lab: ${task}`);

  return {
    /** Where it has got to: the program's own words, shortened. */
    detail(line: string) {
      if (spins) spinner.text = `${task}: ${line}`.slice(0, (process.stderr.columns ?? 80) - 3);
    },
    end() {
      spinner.stop();
      console.error(`lab: ${((Date.now() - start) / 1000).toFixed(0)} s`);
    },
  };
}
