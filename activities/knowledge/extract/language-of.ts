import { detect } from 'tinyld';
import type { TextSearchLanguage } from '../../../contracts/knowledge/text-search-languages.ts';

/** ISO 639-1 of the languages that have a text search configuration. */
const configurations: Readonly<Record<string, TextSearchLanguage>> = {
  ...{ ar: 'arabic', hy: 'armenian', eu: 'basque', ca: 'catalan', da: 'danish', nl: 'dutch', en: 'english' },
  ...{ fi: 'finnish', fr: 'french', de: 'german', el: 'greek', hi: 'hindi', hu: 'hungarian' },
  ...{ id: 'indonesian', ga: 'irish', it: 'italian', lt: 'lithuanian', ne: 'nepali', no: 'norwegian' },
  ...{ pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian', es: 'spanish', sv: 'swedish' },
  ...{ ta: 'tamil', tr: 'turkish', yi: 'yiddish' },
};

/** The configuration that finds the words of a text, of which some are enough: `simple` where its language has none, or does not show. */
export function languageOf(sample: string): TextSearchLanguage {
  return configurations[detect(sample)] ?? 'simple';
}
