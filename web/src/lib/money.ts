/** Micro-units as dollars, and back: the ledger counts in whole millionths, people in dollars. */
import type { Language } from '../../../contracts/text.ts';

const million = 1_000_000;

/** `$12.40`; what is less than a cent keeps the digits that say something: `$0.0003`. */
export function money(micros: number, language: Language): string {
  const dollars = micros / million;
  const isSmall = dollars !== 0 && Math.abs(dollars) < 0.01;
  return new Intl.NumberFormat(language === 'pt' ? 'pt-BR' : 'en', {
    ...{ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' },
    ...(isSmall ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  }).format(dollars);
}

export function toDollars(micros: number): number {
  return micros / million;
}

export function toMicros(dollars: number): number {
  return Math.round(dollars * million);
}

/** 12,400 as `12.4K`. */
export function shortNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'pt' ? 'pt-BR' : 'en', {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value);
}
