import { repo } from "host";

/** A disposable host of either kind. */
export interface DisposableHost {
  run(...command: [string, ...string[]]): Promise<{ status: number | null; stderr: string }>;
}

/** Puts a layer over the repo on a host: changes to it go with the host. */
export async function layOverRepo(host: DisposableHost): Promise<void> {
  const script = `
    mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work &&
    mount -t overlay -o lowerdir="$1",upperdir=/mnt/upper,workdir=/mnt/work overlay "$1"`;
  const { status, stderr } = await host.run("sh", "-c", script, "sh", repo);
  if (status !== 0) throw new Error(stderr);
}
