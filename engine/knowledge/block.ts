/** A piece of a document that is not cut without need: a paragraph, a row of a table, a heading, code. What extraction gives, in order. */
export interface Block {
  /** As it stands in the document; of a heading with its `#`. */
  text: string;
  /** Of a heading: its level, from 1, and its words. What follows stands under it. */
  heading?: { level: number; title: string } | undefined;
  /** From 1, where the document has pages. */
  page?: number | undefined;
}
