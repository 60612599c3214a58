import { Command } from "commander";
import { check } from "./commands/check.ts";
import { clean } from "./commands/clean.ts";
import { diff } from "./commands/diff.ts";
import { doctor } from "./commands/doctor.ts";
import { helpMe } from "./commands/help-me.ts";
import { hint } from "./commands/hint.ts";
import { join } from "./commands/join.ts";
import { leave } from "./commands/leave.ts";
import { packCommand } from "./commands/pack.ts";
import { practice } from "./commands/practice.ts";
import { rootfsCommand } from "./commands/rootfs.ts";
import { rootless } from "./commands/rootless.ts";
import { serveCommand } from "./commands/serve.ts";
import { showWorkshop } from "./commands/workshop.ts";
import { portNumber } from "./network/port-number.ts";

const rootfs = process.argv[2] === "rootfs";
const program = new Command(rootfs ? "pnpm" : "pnpm workshop")
  .description("The class's command line. Alone, it lists the stages.")
  .enablePositionalOptions() // or those of the command behind rootless would be ours
  .showHelpAfterError("(pnpm workshop --help shows what there is)");

program
  .command("list")
  .description("shows the stages, what is done, and what to type next")
  .option("--json", "for scripts", false)
  .action(({ json }) => showWorkshop(json));

program
  .command("practice [stage]")
  .description("makes practice/<stage>/, the code to start from")
  .option("--reset", "begins anew, and keeps the old attempt", false)
  .action(practice);

program
  .command("check [stage]")
  .description("tells which facts of a stage hold for your code")
  .option("--watch", "checks again on each save", false)
  .option("--all", "also lists the facts that hold, and those that wait", false)
  .option("--json", "for scripts: ids that stay the same", false)
  .action(check);

program
  .command("hint [stage]")
  .description("helps with the fact that fails: more each time, and at last the code")
  .action(hint);

program
  .command("diff [stage] [other]")
  .description("shows your code beside ours, or what changes between two stages")
  .option("--spoil", "shows ours even if yours does not work yet", false)
  .action(diff);

program
  .command("doctor")
  .description("tells what this machine can do, and what to type")
  .option("--lab", "also boots the machine of the lab", false)
  .option("--json", "for scripts", false)
  .action(doctor);

program
  .command("clean")
  .description("takes away what crashed attempts left behind")
  .option("--all", "also ends running containers", false)
  .option("--dry-run", "only tells what it would do", false)
  .action(clean);

program
  .command("join [address] [name...]")
  .description("puts you on the teacher's board; alone, tells what is sent, and to whom")
  .action(join);

program
  .command("help-me")
  .description("tells the teacher, on the board, that you need help")
  .option("--done", "takes it back", false)
  .action(helpMe);

program
  .command("leave")
  .description("takes you off the teacher's board: nothing is sent any more")
  .action(leave);

program
  .command("board")
  .description("for the teacher: shows how far each student has got who has joined")
  .option("--port <number>", "where students reach it, if not at 7070", portNumber, 0)
  .option("--new", "begins another room, with another code", false)
  .action(async (options) => (await import("./commands/board.ts")).board(options)); // it loads much

program
  .command("rootless [command...]")
  .description("opens a shell, or runs a command, on a host of your own, where you are root")
  .passThroughOptions()
  .action(rootless);

program.addCommand(packCommand());
program.addCommand(serveCommand());
program.addCommand(rootfsCommand());

try {
  const words = process.argv.slice(2);
  await program.parseAsync(words.length === 0 ? ["list"] : words, { from: "user" });
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode ??= 1;
}
