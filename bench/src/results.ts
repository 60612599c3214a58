/** The results of a benchmark run: bench/results.json is one, and a page of the course shows it. */
export interface Results {
  machine: MachineDescription;
  starts: Row<Start>[];
  atOnce: Row<AtOnce>[];
  memory: Row<Memory>[];
  bars: Bar[];
  jobs: Row<Job>[];
}

/** The measurements of a command line, or the reason why there are none here. */
export type Row<Measured> = { name: string; typed: string } & (
  | (Measured & { notHere?: undefined })
  | { notHere: string }
);

/** Returns what was measured, or undefined if nothing was. */
export function measured<Measured extends object>(
  row: Row<Measured> | undefined,
): Measured | undefined {
  return row?.notHere === undefined ? row : undefined;
}

export interface MachineDescription {
  date: string;
  processor: string;
  cores: number;
  /** The number of programs that wanted to run, on average in the minute before. */
  load: number;
  system: string;
  kernel: string;
  node: string;
}

/** Times in milliseconds, from before the fork until the end is known. */
export interface Times {
  median: number;
  fastest: number;
  runs: number;
}

export interface Start extends Times {
  /** Its median, divided by that of `go run` and of two bare Nodes, where these were timed. */
  byGoRun?: number;
  byTwoNodes?: number;
}

/** The medians of the time until the last of so many containers has ended. */
export interface AtOnce {
  medians: Record<number, number>;
}

/** The proportional set size of both of a container's own processes, in MiB. */
export interface Memory {
  run: number;
  child: number;
}

/** A target that this project sets itself. */
export interface Bar {
  what: string;
  measured: number;
  atMost: number;
}

export interface Job {
  seconds: number;
  /** The memory of the largest of its processes, in MiB. */
  memory: number;
}
