/** A text a person reads, in every language the product speaks. */
export interface Text {
  en: string;
  pt: string;
}

export type Language = keyof Text;

export function text(en: string, pt: string): Text {
  return { en, pt };
}
