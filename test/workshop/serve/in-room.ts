import path from "node:path";
import { type Outcome, run } from "host";
import type { Room } from "../pack/real-pack.ts";
import { MACHINE } from "../pack/type-there.ts";
import { serveCommand } from "./serve-command.ts";

/** Serves the pack, and does something there and at each client, all at the same time. */
const SCRIPT = `
  set -euo pipefail
  clients=$1 rate=$2 client=$3 server=$4
  shift 4
  serve() {
    "\${COMMAND[@]}" >"$log" 2>&1 & pid=$!
    until grep -q "Ctrl-C ends it" "$log"; do kill -0 $pid; sleep 0.1; done
  }
  stop() { kill $pid; wait $pid || true; }
  COMMAND=("$@")
  log=$(mktemp)
  trap 'rm "$log"' EXIT
  bash "$NETWORK" "$clients" "$rate"
  serve
  waiting=()
  for ((i = 1; i <= clients; i++)); do
    CLIENT=$i ip netns exec "c$i" bash -c "$client" & waiting+=($!)
  done
  eval "$server"
  status=0
  for each in "\${waiting[@]}"; do wait "$each" || status=$?; done
  stop
  exit $status`;

interface Work {
  /** The bash lines that each client runs in its network, with $CLIENT its number. */
  client: string;
  /** The bash lines at the server meanwhile, which may "stop" and "serve". */
  server?: string;
}

/**
 * Serves the pack to a room of its own, and waits until all clients are done.
 *
 * @param rate of each client's link, as tc(8) takes it, or "-" for one without limits and losses
 */
export function inRoom(
  { pack }: Room,
  clients: number,
  rate: string,
  { client, server = "" }: Work,
): Promise<Outcome> {
  const alone = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"];
  return run([
    ...["env", `NETWORK=${path.join(import.meta.dirname, "network.sh")}`, "unshare", ...alone],
    ...[
      "--propagation",
      "private",
      "bash",
      "-c",
      SCRIPT,
      "bash",
      `${clients}`,
      rate,
      client,
      server,
    ],
    ...serveCommand("/", pack),
  ]);
}

/** Returns the bash line that types others on a fresh machine with Node, curl and wget. */
export function onMachine({ withNode }: Room, lines: string): string {
  const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  return `bash ${[MACHINE, withNode, "/mnt", lines].map(quote).join(" ")}`;
}
