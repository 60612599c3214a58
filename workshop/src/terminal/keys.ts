import { emitKeypressEvents } from "node:readline";

/** Calls `react` with the name of each key that is pressed; returns a function that stops it. */
export function onKeys(react: (key: string) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  emitKeypressEvents(stdin);
  const listen = (_: string, key: { name?: string; ctrl?: boolean }) => {
    if (key.ctrl && key.name === "c") process.kill(process.pid, "SIGINT");
    else react(key.name ?? "");
  };
  stdin.setRawMode(true).on("keypress", listen).resume();
  return () => {
    stdin.off("keypress", listen).setRawMode(false).pause();
  };
}
