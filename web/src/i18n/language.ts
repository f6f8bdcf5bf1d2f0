/** The language of the person in front of the screen: what they chose, else what their browser asks for, else English. */
import { create } from 'zustand';
import type { Language, Text } from '../../../contracts/text.ts';

const storageKey = 'hiviex-language';

function firstLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (stored === 'en' || stored === 'pt') return stored;
  return navigator.language.toLowerCase().startsWith('pt') ? 'pt' : 'en';
}

interface LanguageState {
  language: Language;
  choose(language: Language): void;
}

export const useLanguage = create<LanguageState>((set) => ({
  language: firstLanguage(),
  choose(language) {
    localStorage.setItem(storageKey, language);
    document.documentElement.lang = htmlLanguage(language);
    set({ language });
  },
}));

export function htmlLanguage(language: Language): string {
  return language === 'pt' ? 'pt-BR' : 'en';
}

export type Values = Record<string, string | number>;

/** `text` in `language`, its `{name}` filled from `values`. */
export function translate(language: Language, text: Text, values: Values = {}): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `t(text, values)` in the language of the person; the component renders again when they choose another. */
export function useT(): (text: Text, values?: Values) => string {
  const language = useLanguage((state) => state.language);
  return (text, values) => translate(language, text, values);
}

/** Outside components, e.g. in handlers. */
export function t(text: Text, values?: Values): string {
  return translate(useLanguage.getState().language, text, values);
}
