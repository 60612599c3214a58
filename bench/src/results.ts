/** What a run of the benchmark found: bench/results.json is one, and a page of the course shows it. */
export interface Results {
  machine: Machine;
  starts: Row<Start>[];
  atOnce: Row<AtOnce>[];
  memory: Row<Memory>[];
  bars: Bar[];
  jobs: Row<Job>[];
}

/** Of a command line: what was measured, or why that was not possible here. */
export type Row<Measured> = { name: string; typed: string } & (
  | (Measured & { notHere?: undefined })
  | { notHere: string }
);

/** What was measured, or undefined where it was not. */
export function measured<Measured extends object>(
  row: Row<Measured> | undefined,
): Measured | undefined {
  return row?.notHere === undefined ? row : undefined;
}

export interface Machine {
  date: string;
  processor: string;
  cores: number;
  /** The number of programs that wanted to run, in the mean of the minute before. */
  load: number;
  system: string;
  kernel: string;
  node: string;
}

/** In milliseconds, from before the fork until its end is known. */
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

/** What this project asks of itself. */
export interface Bar {
  what: string;
  measured: number;
  atMost: number;
}

export interface Job {
  seconds: number;
  /** Of the largest of its processes, in MiB. */
  memory: number;
}
