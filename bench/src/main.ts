import { accessSync, constants, writeFileSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { giveToOwnerOfFolder } from "host";
import { timeAtOnce } from "./at-once.ts";
import { bars } from "./bars.ts";
import { measureJobs } from "./jobs.ts";
import { describeMachine } from "./machine.ts";
import { measureMemory } from "./memory.ts";
import type { Results } from "./results.ts";
import { timeStarts } from "./starts.ts";
import { tables } from "./tables.ts";

interface Options {
  rounds: number;
  only: string[];
  all: boolean;
  json?: string;
}

const program = new Command("pnpm bench")
  .description("Measures how long a container takes to start, here and elsewhere.")
  .option("--rounds <number>", "how often each start is timed", parseRounds, 20)
  .option("--only <words...>", "only starts, those with one of these words in their name", [])
  .option("--all", "also the long commands: pnpm test and the like", false)
  .option("--json <file>", "write the results to a file, too", parseFile);

const { rounds, only, all, json } = program.parse().opts<Options>();
const partly = only.length > 0;

const machine = describeMachine();
console.error(`Each start is timed ${rounds} times, in turns. Let nothing else run meanwhile.`);
const starts = await timeStarts(rounds, only);
if (starts.length === 0) program.error(`error: no start has one of these words: ${only.join(" ")}`);
const atOnce = partly ? [] : await timeAtOnce(Math.ceil(rounds / 5));
const memory = partly ? [] : await measureMemory();
const jobs = all ? await measureJobs() : [];
const results: Results = {
  machine,
  starts,
  bars: bars({ starts, memory }),
  atOnce,
  memory,
  jobs,
};

for (const [part, table] of Object.entries(tables)) {
  if ([results[part as keyof Results]].flat().length > 0) console.log(`${table(results)}\n`);
}
if (json) {
  writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  giveToOwnerOfFolder(json);
}

function parseRounds(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Type a number from 1 to 9999.");
}

function parseFile(name: string): string {
  // pnpm starts us in bench/; a relative path is meant from where the user is
  const file = path.resolve(process.env.INIT_CWD ?? "", name);
  try {
    accessSync(path.dirname(file), constants.W_OK); // before minutes of measuring, not after
    return file;
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
