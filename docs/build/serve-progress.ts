import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const FILE = path.join(import.meta.dirname, "../../practice/progress.json");

interface DevServer {
  middlewares: {
    use(route: string, answer: (request: IncomingMessage, response: ServerResponse) => void): void;
  };
}

/** Lets `pnpm run docs` tell the pages which stages have passed. A built site has no such server. */
export function serveProgress({ middlewares }: DevServer): void {
  middlewares.use("/passed.json", (_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(passedStages(FILE)));
  });
}

/** Returns the stages that have passed `pnpm workshop check` on this machine. */
export function passedStages(file: string): string[] {
  try {
    const progress: Record<string, { passed?: string }> = JSON.parse(readFileSync(file, "utf8"));
    return Object.keys(progress).filter((stage) => progress[stage]?.passed !== undefined);
  } catch {
    return []; // nobody has checked anything yet, or the file is being written
  }
}
