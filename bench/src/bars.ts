import { LAST_STAGE, withoutPnpm, withPnpm } from "./ours.ts";
import { type Bar, measured, type Results, type Row } from "./results.ts";

/** Returns the targets that this project sets itself, as far as they were measured. */
export function bars({ starts, memory }: Pick<Results, "starts" | "memory">): Bar[] {
  const typed = find(starts, withPnpm(LAST_STAGE));
  const direct = find(starts, withoutPnpm(LAST_STAGE));
  const waiting = find(memory, withoutPnpm(LAST_STAGE));
  return [
    { what: "`pnpm … start /bin/true` ÷ `go run …`", measured: typed?.byGoRun, atMost: 1 },
    { what: "without pnpm ÷ two bare Nodes", measured: direct?.byTwoNodes, atMost: 1.8 },
    {
      what: "both Nodes while a shell waits, MiB",
      measured: waiting && waiting.run + waiting.child,
      atMost: 90,
    },
  ].filter((bar): bar is Bar => bar.measured !== undefined);
}

function find<Measured extends object>(rows: Row<Measured>[], command: { name: string }) {
  return measured(rows.find(({ name }) => name === command.name));
}
