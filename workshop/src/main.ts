import { Command } from "commander";
import { check } from "./commands/check.ts";
import { clean } from "./commands/clean.ts";
import { diff } from "./commands/diff.ts";
import { doctor } from "./commands/doctor.ts";
import { hint } from "./commands/hint.ts";
import { practice } from "./commands/practice.ts";
import { rootfsCommand } from "./commands/rootfs.ts";
import { showWorkshop } from "./commands/workshop.ts";

const rootfs = process.argv[2] === "rootfs";
const program = new Command(rootfs ? "pnpm" : "pnpm workshop")
  .description("The class's command line. Alone, it lists the stages.")
  .showHelpAfterError("(pnpm workshop --help shows what there is)");

program
  .command("list")
  .description("shows the stages, what is done, and what to type next")
  .option("--json", "for scripts", false)
  .action(({ json }) => showWorkshop(json));

program
  .command("practice [stage]")
  .description("makes practice/<stage>/, the code to start from")
  .option("--reset", "begin anew, and keep the old attempt", false)
  .action(practice);

program
  .command("check [stage]")
  .description("tells which facts of a stage hold for your code")
  .option("--watch", "again on each save", false)
  .option("--all", "lists those that hold, and those that wait, too", false)
  .option("--json", "for scripts: ids that stay the same", false)
  .action(check);

program
  .command("hint [stage]")
  .description("one hint a call, more each time, at last the code")
  .action(hint);

program
  .command("diff [stage] [other]")
  .description("your code beside ours; or from one stage to another")
  .option("--spoil", "also when yours does not work yet", false)
  .action(diff);

program
  .command("doctor")
  .description("tells what this machine can do, and what to type")
  .option("--lab", "boots the lab's machine, too", false)
  .option("--json", "for scripts", false)
  .action(doctor);

program
  .command("clean")
  .description("takes away what crashed attempts left behind")
  .option("--all", "ends running containers, too", false)
  .option("--dry-run", "only tells", false)
  .action(clean);

program.addCommand(rootfsCommand());

try {
  const words = process.argv.slice(2);
  await program.parseAsync(words.length === 0 ? ["list"] : words, { from: "user" });
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode ??= 1;
}
