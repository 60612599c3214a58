import path from "node:path";
import { type Host, openHost, repo } from "host";

/** Opens a host like the lab, with the repo at /workshop, for typing one page's transcripts. */
export async function openLabHost(): Promise<Host> {
  const host = await openHost({ isSealed: true, propagation: "private" }); // private for pivot_root
  const script = path.join(import.meta.dirname, "become-lab.sh");
  const { status, stderr } = await host.run(script, repo);
  if (status === 0) return host;
  await host.close();
  throw new Error(`no disposable host: ${stderr}`);
}
