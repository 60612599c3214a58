import * as sharedNative from "shared-native";

const MODULES = ["fs", "path", "child_process", "os", "fs/promises", "timers/promises"];

/** Says where a name is to be had that a student's code takes for granted. */
export function whereIs(name: string): string | undefined {
  if (name === "UBUNTU_FS") {
    return 'It is main.ts that has to say where the root is: const UBUNTU_FS = path.join(import.meta.dirname, "../../../ubuntu-fs"), above the switch.';
  }
  if (name in sharedNative) return `It is in shared-native: import { ${name} } from there.`;
  if (MODULES.includes(name)) return `It is Node's: import ${name} from "node:${name}".`;
  const module = MODULES.find(
    (module) => name in (process.getBuiltinModule(`node:${module}`) ?? {}),
  );
  if (module !== undefined) return `It is Node's: import { ${name} } from "node:${module}".`;
  const alike = alikeTo(name);
  return alike && `Perhaps it should be ${alike}, from shared-native.`;
}

/** Finds names of shared-native that differ only in how they are written, or are of the same kind. */
function alikeTo(name: string): string | undefined {
  const names = Object.keys(sharedNative);
  const bare = (text: string) => text.replaceAll("_", "").toLowerCase();
  const same = names.find((each) => bare(each) === bare(name));
  const kind = /^[A-Z]+_/.exec(name)?.[0];
  const others = kind === undefined ? [] : names.filter((each) => each.startsWith(kind));
  return same ?? (others.length > 0 ? others.join(" or ") : undefined);
}
