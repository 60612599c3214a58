import { type Host, repo } from "host";

const SCRIPT = `cd "$1" && rm -rf .git && git init -q && git add -A &&
  git -c user.name=test -c user.email=test@example.org commit -qm all`;

/** Commits what is in the repo now, on a host that has a layer over it. */
export async function commitAll(host: Host): Promise<void> {
  const { status, stderr } = await host.run("sh", "-c", SCRIPT, "sh", repo);
  if (status !== 0) throw new Error(stderr);
}
