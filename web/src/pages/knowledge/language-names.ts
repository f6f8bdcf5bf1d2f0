/** ISO 639-1 of Postgres' names, so that the browser can say them in the person's language. */
const codes: Readonly<Record<string, string>> = {
  ...{ arabic: 'ar', armenian: 'hy', basque: 'eu', catalan: 'ca', danish: 'da', dutch: 'nl', english: 'en' },
  ...{ finnish: 'fi', french: 'fr', german: 'de', greek: 'el', hindi: 'hi', hungarian: 'hu' },
  ...{ indonesian: 'id', irish: 'ga', italian: 'it', lithuanian: 'lt', nepali: 'ne', norwegian: 'no' },
  ...{ portuguese: 'pt', romanian: 'ro', russian: 'ru', serbian: 'sr', spanish: 'es', swedish: 'sv' },
  ...{ tamil: 'ta', turkish: 'tr', yiddish: 'yi' },
};

/** To choose from, by name in `language`; what is no language is left out. */
export function languageNames(
  configurations: readonly string[],
  language: string,
): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return configurations
    .flatMap((value) => {
      const code = codes[value];
      return code === undefined ? [] : [{ value, label: names.of(code) ?? value }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
