import { statSync } from "node:fs";
import { repo } from "host";
import { hasOwnCgroup } from "workshop/facts/cgroup";
import { isProcessOne, reapsWithInit } from "workshop/facts/process-one";
import { hasOwnUsers } from "workshop/facts/users";
import { containerStages } from "workshop/stages";
import type { Stage } from "workshop/stages/stage";
import { testsEvery } from "./tests-every.ts";

/**
 * Stand for all, in what all stages must do alike: with the host's root, in a chroot with a cgroup, with a
 * command that is process 1 and has a terminal and a network of its own, an ordinary user's with an init.
 */
const SOME = ["01-uts", "05-cgroups", "09-network", "12-rootless --init"];

const all: Stage[] = containerStages.flatMap((stage) =>
  stage.facts.includes(reapsWithInit)
    ? [
        stage,
        {
          ...stage,
          name: `${stage.name} --init`,
          facts: stage.facts.filter((fact) => fact !== isProcessOne),
        },
      ]
    : [stage],
);

/** The stages, and those that take it with `--init`, too: "06-pivot-root --init". */
export const containers = all.filter(({ name }) => testsEvery || SOME.includes(name));

/** The stages of these. */
export const ownStages = containerStages.filter(({ name }) =>
  containers.some((each) => each.name.split(" ")[0] === name),
);

/** Those of them with a root of their own. */
export const rootedOnes = ownStages.filter(({ root }) => root !== "host");

/** The same, also with `--init`. */
export const rooted = containers.filter(({ root }) => root !== "host");

/** Those with a cgroup of their own. */
export const limited = containers.filter(({ facts }) => facts.includes(hasOwnCgroup));

/** Those whose command ends with its container: they have one of these, and a PID namespace. */
export const enclosed = containers.filter(({ facts }) =>
  [hasOwnCgroup, hasOwnUsers].some((fact) => facts.includes(fact)),
);

/** Tells whether whoever starts it need not be root: its other namespaces belong to one of users. */
export function isRootless(name: string): boolean {
  return all.some((each) => each.name === name && each.facts.includes(hasOwnUsers));
}

/** Says that such a one has a limit where root starts it: in somebody's clone it is that somebody's. */
export const rootlessHasLimit = statSync(repo).uid === 0;

/** Tells whether the command itself is process 1: without handlers, it gets no signal but SIGKILL. */
export function commandIsInit(name: string): boolean {
  return all.some((each) => each.name === name && each.facts.includes(isProcessOne));
}

/**
 * Returns the exit status of a container that was asked to end, where the command has no handler.
 *
 * @param status where it ends by the signal
 */
export function endingStatus(name: string, status: number): number {
  return commandIsInit(name) ? 137 : status; // or wait() has killed it, after two seconds
}
