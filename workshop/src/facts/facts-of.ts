import * as cgroup from "./cgroup.ts";
import * as limits from "./cgroup-limits.ts";
import { endsAll, unmountsAtEnd } from "./ends-cleanly.ts";
import type { Fact } from "./fact.ts";
import { keepsHostsName, looksLikeHost, namesContainer } from "./hostname.ts";
import { newNamespace, noOtherNamespace, seesHostsProcesses } from "./new-namespace.ts";
import { passesStatus } from "./passes-status.ts";
import { keepsMountsFromHost, leavesHostShared } from "./propagation.ts";
import { hasOwnRoot, mountsProc, standsInRoot } from "./root.ts";
import { runsCommand } from "./runs-command.ts";

const uts = newNamespace("uts", "UTS", "CLONE_NEWUTS");
const pid = newNamespace("pid", "PID", "CLONE_NEWPID");
const mnt = newNamespace("mnt", "mount", "CLONE_NEWNS");

/** What is true of a stage, in the order in which one would write it. */
export function factsOf(stage: string): Fact[] {
  const facts = FACTS[stage];
  if (!facts) throw new Error(`no facts are known of ${stage}`);
  return facts;
}

const inherited = [runsCommand, passesStatus, uts];
const rooted = [hasOwnRoot, standsInRoot, mountsProc];

const FACTS: Record<string, Fact[]> = {
  "01-uts": [runsCommand, uts, noOtherNamespace, looksLikeHost, keepsHostsName, passesStatus],
  "02-reexec": [...inherited, namesContainer, keepsHostsName, seesHostsProcesses],
  "03-pid-mnt-chroot": [
    ...[...inherited, namesContainer, keepsHostsName],
    ...[pid, mnt, ...rooted, unmountsAtEnd, endsAll],
  ],
  "04-unshare-proc": [
    ...[...inherited, namesContainer, keepsHostsName, pid, mnt, ...rooted],
    ...[keepsMountsFromHost, leavesHostShared, unmountsAtEnd, endsAll],
  ],
  "05-cgroups": [
    ...[...inherited, namesContainer, keepsHostsName, pid, mnt, ...rooted],
    ...[keepsMountsFromHost, leavesHostShared, unmountsAtEnd, endsAll],
    ...[cgroup.hasOwnCgroup, cgroup.limitsToTen, cgroup.holdsOnlyCommand, limits.leavesRoom],
    ...[limits.refusesEleventh, limits.holdsForkBomb, limits.removesCgroup, limits.limitsEach],
  ],
};
