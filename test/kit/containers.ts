import { statSync } from "node:fs";
import { repo } from "host";
import { hasOwnCgroup } from "workshop/facts/cgroup";
import { isProcessOne } from "workshop/facts/process-one";
import { hasOwnUsers } from "workshop/facts/users";
import { containerStages } from "workshop/stages";
import type { Stage } from "workshop/stages/stage";

/** The stages whose init is their own code, and the last. Others take one over: their facts are enough. */
const WITH_INIT = ["06-pivot-root", "10-limits", "12-rootless"];

/** The stages, and these also with `--init`: "06-pivot-root --init". */
export const containers: Stage[] = containerStages.flatMap((stage) =>
  WITH_INIT.includes(stage.name)
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

/** Those with a root of their own. */
export const rooted = containers.filter(({ root }) => root !== "host");

/** Those with a cgroup of their own. */
export const limited = containers.filter(({ facts }) => facts.includes(hasOwnCgroup));

/** Those whose command ends with its container: they have one of these, and a PID namespace. */
export const enclosed = containers.filter(({ facts }) =>
  [hasOwnCgroup, hasOwnUsers].some((fact) => facts.includes(fact)),
);

/** Tells whether whoever starts it need not be root: its other namespaces belong to one of users. */
export function isRootless(name: string): boolean {
  return containers.some((each) => each.name === name && each.facts.includes(hasOwnUsers));
}

/** Whether such a one has a limit where root starts it: in somebody's clone it is that somebody's. */
export const rootlessHasLimit = statSync(repo).uid === 0;

/** Tells whether the command itself is process 1: without handlers, it gets no signal but SIGKILL. */
export function commandIsInit(name: string): boolean {
  return containers.some((each) => each.name === name && each.facts.includes(isProcessOne));
}

/**
 * Returns the exit status of a container that was asked to end, where the command has no handler.
 *
 * @param status where it ends by the signal
 */
export function endingStatus(name: string, status: number): number {
  return commandIsInit(name) ? 137 : status; // or wait() has killed it, after two seconds
}
