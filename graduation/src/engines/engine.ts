import type { Image } from "../image/make-image.ts";

/** The machine's things that an engine works with. */
export interface Place {
  /** The runtime that engines call, by its path. It notes what they ask of it. */
  runtime: string;
  image: Image;
  /** A folder for what is made. Other users may read it. */
  folder: string;
}

/** An engine, or something that one does. */
export interface Engine {
  name: string;
  /**
   * Lets it run the image.
   *
   * @returns what it saw, in half a line
   * @throws {Error} when that is not what must be seen
   */
  run(place: Place): Promise<string>;
}
