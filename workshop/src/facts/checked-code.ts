import type { Ending, Host, Running, snapshot } from "host";
import type { Shape } from "../stages/shape.ts";

type HostState = Awaited<ReturnType<typeof snapshot>>;

/** The outcome of a command in the container, run to its end on a host of its own. */
export interface Run extends Ending {
  /** The cgroups that are left on the host. */
  cgroups: string[];
}

/** The same, with the host before and after. */
export interface Comparison extends Run {
  before: HostState;
  after: HostState;
}

/** A shell that waits for input in the container. */
export interface Shell {
  host: Host;
  before: HostState;
  /** The PID of the shell itself, as this machine numbers it. */
  pid: number;
  /** The hostname that it sees when it starts. */
  hostname: string;
  running: Running;
  /** Sends it SIGKILL, unless it has ended: its PID may be another's by then. */
  kill(): void;
}

/** The code of a stage, ours or a student's, that facts are checked on. */
export interface CheckedCode {
  stage: Shape;
  /** Its text, without comments. */
  source: string;
  /** How long a command of it may take here, in seconds: more where the machine is slow. */
  seconds: number;
  /** Runs a command in its container to the end. */
  run(...command: string[]): Promise<Run>;
  /** Runs one, and looks at its host before and after; the same command only once. */
  compareHost(...command: string[]): Promise<Comparison>;
  /** Starts child() by hand, on a host and not in a container, and does the same. */
  runChild(...command: string[]): Promise<Comparison>;
  /** Runs a script in its folder, on a host, as if it were typed there. */
  type(script: string): Promise<Run>;
  /** Returns a container in which a shell waits: the same for all facts that only look. */
  shell(): Promise<Shell>;
  /**
   * Starts one more, on a given host or a new one. It prints "up", runs a script, then waits.
   *
   * @param options words in front of the command: "--publish=8080:80"
   */
  start(script?: string, host?: Host, options?: string[]): Promise<Shell>;
  /** Starts one in a terminal of its own. */
  startInTerminal(script: string): Promise<Shell>;
  close(): Promise<void>;
}
