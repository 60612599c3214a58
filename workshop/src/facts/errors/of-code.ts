import type { KnownError } from "./known-error.ts";
import { whereIs } from "./names.ts";
import { isFile } from "./on-host.ts";

const AWAIT = "A Promise is a value that is still to come: await is missing in front of that call.";

/** Errors of Node, before or while it runs the code. */
export const codeErrors: KnownError[] = [
  {
    pattern: /module '([^']*)' does not provide an export named '([\w$]+)'/,
    hint: ([, module, name = ""]) =>
      `${module} has no ${name}. ${whereIs(name) ?? "An editor lists what there is, between the brackets of the import."}`,
  },
  {
    pattern: /Cannot find package '([^']*)' imported from/,
    hint: ([, name]) =>
      `There is no package ${name} here: what a stage imports is "shared-native", and Node's own modules, such as "node:fs".`,
  },
  {
    pattern: /Package subpath '([^']*)'/,
    hint: 'shared-native is imported as a whole, without a file of it: from "shared-native".',
  },
  {
    pattern: /Directory import '([^']*)'/,
    hint: ([, folder]) =>
      `${folder} is a folder, and what Node runs or imports is a file: import.meta.filename is that of main.ts.`,
  },
  {
    pattern: /Cannot find module '([^']*)'(?: imported from (.+\.ts))?/,
    hint: ([, file = "", importer], { stage }) => {
      if (stage.root !== "host" && isFile(file))
        return `${file} is on the host, and after chroot nobody finds it any more: what is imported must be loaded before.`;
      return importer === undefined
        ? "Node was to run that file, and it is not there. What Node gets first, after its options, is the file: import.meta.filename. Then comes child."
        : "That file is not there: ./ means the folder of main.ts, and the ending .ts belongs to the name. shared-native is a package, and has no ./ in front.";
    },
  },
  {
    pattern: /UNSUPPORTED_TYPESCRIPT_SYNTAX|strip-only mode/,
    hint: "Node only takes the types away. What TypeScript itself would have to translate (enum, namespace and the like) it does not run: write it in plain JavaScript.",
  },
  {
    pattern: /await isn't allowed|await is only valid|"await" can only be used/,
    hint: "await needs a function that is async: async function run().",
  },
  {
    pattern:
      /SyntaxError.* has already been declared|defined multiple times|"\w+" has already been/,
    hint: "The name is there twice: two imports, for example. One of them has to go.",
  },
  {
    pattern: /'require'|require is not defined|module is not defined|exports is not defined/,
    hint: "The file is an ES module: import … from, instead of require.",
  },
  {
    pattern: /SyntaxError|INVALID_TYPESCRIPT_SYNTAX|ERROR: Expected|ERROR: Unexpected/,
    hint: "Node cannot read that line. Perhaps a bracket, a quote or a comma is missing there, or just before.",
  },
  {
    pattern: /Cannot access '(\w+)' before initialization/,
    hint: ([, name], { source }) =>
      new RegExp(`^(const|let|class) ${name}\\b`, "m").test(source)
        ? `The switch starts run() or child() before the line that makes ${name}: that line belongs above it.`
        : `${name} is used above the line that makes it.`,
  },
  {
    pattern: /ReferenceError: ([\w$]+) is not defined/,
    hint: ([, name = ""]) => {
      const place = whereIs(name);
      return place === undefined
        ? `Nothing is called ${name} there. What is text needs quotes, what is a name must be declared or imported.`
        : `Is ${name} imported? ${place}`;
    },
  },
  { pattern: /instance of Promise|Received Promise/, hint: AWAIT },
  {
    pattern: /unsettled top-level await/,
    hint: "Something is awaited that never comes. Perhaps wait(…) is called too late, or twice: a process that has ended does not end again.",
  },
  {
    pattern: /Cannot read properties of undefined \(reading 'once'\)/,
    hint: "Perhaps wait(…) got nothing: it wants the child that spawn has returned.",
  },
  {
    pattern: /"data" argument must be of type string/,
    hint: 'What is written to a file is text, also when it is a number: "10".',
  },
  {
    pattern: /"file" argument must be of type string|"args" argument must be/,
    hint: "spawn takes the program, then its arguments in an array.",
  },
];
