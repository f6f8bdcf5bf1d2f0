/**
 * The language of the person in front of the screen: what they chose, else what their browser asks for, else English.
 *
 * Texts stay beside what they belong to (`text(en, pt)`, `counted(…)`); i18next owns the language, fills in values, chooses the
 * plural and formats: `t(text('{count, number} runs since {from, datetime}', …), { count, from })`.
 */
import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Language, Text } from '../../../contracts/text.ts';
import type { CountedText } from './counted.ts';

const storageKey = 'hiviex-language';

/** Names are ours to choose but for Intl's own options (`day`, `style`, …): i18next hands every value on to the format. */
export type Values = Record<string, string | number | Date | readonly string[]>;

/** `t(text, values)`; a `CountedText` goes by `values.count`. */
export type Translate = (text: Text | CountedText, values?: Values) => string;

i18next.on('languageChanged', (tag) => {
  if (typeof document !== 'undefined') document.documentElement.lang = tag;
  z.config(tag === 'pt-BR' ? z.locales.ptBR() : z.locales.en());
});

// Synchronous: there is nothing to load, and the first frame is in the right language already.
void i18next.use(initReactI18next).init({
  lng: htmlLanguage(firstLanguage()),
  fallbackLng: false,
  initAsync: false,
  resources: { en: {}, 'pt-BR': {} },
  keySeparator: false,
  nsSeparator: false,
  // React escapes. One brace, as in every text of the house; what has no value (`{{ $json }}`) stays as it is.
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  react: { useSuspense: false },
});

function firstLanguage(): Language {
  if (typeof localStorage === 'undefined') return 'en';
  const stored = localStorage.getItem(storageKey);
  if (stored === 'en' || stored === 'pt') return stored;
  return navigator.language.toLowerCase().startsWith('pt') ? 'pt' : 'en';
}

/** As `<html lang>`, `Accept-Language` and Intl name it. */
export function htmlLanguage(language: Language): string {
  return language === 'pt' ? 'pt-BR' : 'en';
}

/** Outside components; `useLanguage` inside. */
export function currentLanguage(): Language {
  return i18next.language === 'pt-BR' ? 'pt' : 'en';
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  void i18next.changeLanguage(htmlLanguage(language));
}

/** The component renders again when the person chooses another. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'pt-BR' ? 'pt' : 'en';
}

/** `text` in `language`, its `{name}` filled from `values`. */
export function translate(language: Language, text: Text | CountedText, values: Values = {}): string {
  const forms = 'other' in text ? text : { one: text, other: text };
  return i18next.t(forms.other.en, {
    lng: htmlLanguage(language),
    defaultValue: forms.other[language],
    defaultValue_one: forms.one[language],
    ...(typeof values.count === 'number' && { count: values.count }),
    replace: values,
    nest: false,
  });
}

/** `t` in the language of the person; the component renders again when they choose another. */
export function useT(): Translate {
  const language = useLanguage();
  return useCallback((text, values) => translate(language, text, values), [language]);
}

/** Outside components, e.g. in handlers. */
export const t: Translate = (text, values) => translate(currentLanguage(), text, values);
