import path from "node:path";
import { repo } from "host";
import { readAll } from "./read-all.ts";

/** The functions that a piece of code imports and another does not. */
export interface NewFunctions {
  /** Functions of ours, each with the first sentence of its documentation. */
  ours: { name: string; does: string }[];
  /** The names of Node's. */
  nodes: string[];
}

/** Lists the functions that some code imports, and the code that one starts from does not. */
export function newFunctions(before: string, after: string): NewFunctions {
  const known = importsOf(before);
  const added = importsOf(after).filter(({ name }) => known.every((old) => old.name !== name));
  const from = (module: RegExp) => added.filter((each) => module.test(each.from));
  const documented = sentences();
  return {
    ours: from(/^(shared-native|oci\/container\/.*)$/)
      .map(({ name }) => ({ name, does: documented.get(name) ?? "" }))
      .filter(({ does }) => does !== ""), // the others are constants
    nodes: from(/^node:/).map(({ name }) => name),
  };
}

function importsOf(code: string): { name: string; from: string }[] {
  return [...code.matchAll(/^import \{([^}]*)\} from "(.*)";$/gm)].flatMap(
    ([, names = "", from = ""]) => names.match(/\w+/g)?.map((name) => ({ name, from })) ?? [],
  );
}

/** Returns the first sentence on each function of the packages that students import. */
function sentences(): Map<string, string> {
  const code = ["shared-native/src", "oci/src/container"]
    .map((folder) => readAll(path.join(repo, folder)))
    .join("\n");
  const comments = code.matchAll(
    /\/\*\*((?:(?!\*\/).)*)\*\/\nexport (?:async )?function (\w+)\(/gs,
  );
  return new Map(
    [...comments].map(([, comment = "", name = ""]) => {
      const text = comment.replace(/\s*\n? \*(?: |$)/gm, " ").trim();
      return [name, /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? ""];
    }),
  );
}
