import path from "node:path";
import { type Host, openHost, repo } from "host";

/** Opens the host that the transcripts of one page are typed on: as the lab is, with the repo at /workshop. */
export async function openLabHost(): Promise<Host> {
  const host = await openHost({ isSealed: true, propagation: "private" }); // private for pivot_root
  const script = path.join(import.meta.dirname, "become-lab.sh");
  const { status, stderr } = await host.run(script, repo);
  if (status === 0) return host;
  await host.close();
  throw new Error(`no disposable host: ${stderr}`);
}
