import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { collect, type Host, type Outcome, openHost, repo, run, until } from "host";
import { freePort } from "../../kit/free-port.ts";
import { layOverRepo } from "../../kit/lay-over-repo.ts";

/** A classroom: a teacher's machine and the students' ones, which have all but practice/ in common. */
export interface Classroom {
  host: Host;
  port: number;
  /** Starts `pnpm workshop board` as a teacher does. */
  startBoard(...options: string[]): Promise<Board>;
  /** Returns a student's machine. */
  student(name: string): Promise<Student>;
  close(): Promise<void>;
}

export interface Board {
  child: ChildProcess;
  /** The address that students type. */
  address: string;
  /** The page's address, with the token. */
  url: string;
  token: string;
  output(): string;
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Student {
  /** Runs `pnpm workshop …`. */
  workshop(...words: string[]): Promise<Outcome>;
  /** Runs a script in the repo. */
  shell(script: string): Promise<Outcome>;
  /** The folder that is practice/ there, as it is seen from here. */
  practice: string;
}

/** Opens a classroom, where the port is free. */
export async function openClassroom(): Promise<Classroom> {
  const host = await openHost({ isSealed: true, network: "shared" }); // the browser is out here
  await layOverRepo(host);
  const port = await freePort();

  /** Returns a command line on the machine of somebody: their practice/ is another one. */
  async function machineOf(name: string): Promise<string[]> {
    const forget = "rm -f progress.json joined.json board.json";
    const make = `mkdir -p "/mnt/$1" && cp -a "$0/practice/." "/mnt/$1" && cd "/mnt/$1" && ${forget}`;
    const { status, stderr } = await host.run("sh", "-c", make, repo, name);
    if (status !== 0) throw new Error(stderr);
    const enter = 'mount --bind "/mnt/$1" "$0/practice" && cd "$0" && shift && exec "$@"';
    return [
      ...host.enter(),
      "unshare",
      "--mount",
      "--propagation",
      "private",
      "sh",
      "-c",
      enter,
      repo,
      name,
    ];
  }

  const teacher = await machineOf("teacher");
  return {
    host,
    port,
    async startBoard(...options) {
      const words = ["pnpm", "workshop", "board", "--port", `${port}`, ...options];
      const [file = "", ...args] = [...teacher, ...words];
      const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
      const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
      const output = () => stdout() + stderr();
      const ended = once(child, "exit");
      const [, token = ""] = await until(
        () => `the address in: ${output()}`,
        () => {
          if (child.exitCode !== null) throw new Error(output());
          return /#token=(\S+)/.exec(output());
        },
      );
      const [, code = ""] = /join \S+\/(\w+) Name/.exec(output()) ?? [];
      return {
        child,
        address: `127.0.0.1:${port}/${code}`,
        url: `http://127.0.0.1:${port}/#token=${token}`,
        token,
        output,
        async end(signal = "SIGTERM") {
          // On its own machine, whose processes are the only ones that are seen there
          await host.run("pkill", `-${signal}`, "-f", "src/main.ts board");
          const [status] = await ended;
          return status;
        },
      };
    },
    async student(name) {
      const machine = await machineOf(name);
      const start = (...command: string[]) => run([...machine, ...command]);
      return {
        workshop: (...words) => start("pnpm", "workshop", ...words),
        shell: (script) => start("sh", "-c", script),
        practice: `/proc/${host.pid}/root/mnt/${name}`,
      };
    },
    close: host.close,
  };
}
