import type MarkdownIt from "markdown-it";
import { readSource } from "./source-file.ts";

/**
 * Puts a picture of the folder diagrams/ into the page itself, so that it has the page's colours
 * and fonts: ![uts](docs/diagrams/uts.svg). Its text alternative is in the picture: a title and a
 * description.
 */
export function diagram(md: MarkdownIt): void {
  const image = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const source = tokens[index]?.attrGet("src") ?? "";
    if (!source.endsWith(".svg")) return image?.(tokens, index, options, env, self) ?? "";
    const svg = readSource(source, env).trim();
    for (const element of ["<title ", "<desc "]) {
      if (!svg.includes(element))
        throw new Error(`${source}: a picture needs a ${element.trim()}>`);
    }
    return svg;
  };
}
