/** Collects what a stream delivers, and returns a function that gives all of it so far. */
export function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  return () => text;
}
