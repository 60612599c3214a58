import { startProgress } from "host";

/** Shows on stderr what takes a while, and at its end how many seconds it took. */
export function startTask(task: string) {
  const start = Date.now();
  const progress = startProgress("lab: ");
  progress.step(task);
  return {
    /** Tells where it has got to, in the program's own words. */
    detail: progress.detail,
    end: () => progress.end(`${((Date.now() - start) / 1000).toFixed(0)} s`),
  };
}
