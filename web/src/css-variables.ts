/**
 * Where Mantine's own colours are too pale to be read, or too loud: small grey text, the words and tints of badges and alerts, buttons
 * in green and red. Words have a contrast of 4.5 or more to what lies behind them (WCAG AA).
 */
import type { CSSVariablesResolver } from '@mantine/core';

/** On white: words on a tint of their own colour, and words in that colour on the page. */
const inks = {
  yellow: '#8a5300',
  orange: '#b03a06',
  green: '#1f7a33',
  red: '#c01f1f',
  blue: '#1664ab',
  gray: '#495057',
  teal: '#07704f',
};
const colors = Object.keys(inks) as (keyof typeof inks)[];

/** Behind white words, in both schemes. */
const fills = {
  '--mantine-color-green-filled': '#27803b',
  '--mantine-color-green-filled-hover': '#206b31',
  '--mantine-color-red-filled': '#cf2b2b',
  '--mantine-color-red-filled-hover': '#b32424',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...fills,
    '--mantine-color-dimmed': '#666d75',
    '--mantine-color-placeholder': '#767d85',
    '--mantine-color-error': inks.red,
    ...ofEach((color) => ({ 'light-color': inks[color], text: inks[color], outline: inks[color] })),
  },
  dark: {
    ...fills,
    '--mantine-color-dimmed': '#9a9eb0',
    '--mantine-color-placeholder': '#83879b',
    '--mantine-color-anchor': 'var(--mantine-color-iris-3)',
    '--mantine-color-iris-text': 'var(--mantine-color-iris-3)',
    ...ofEach((color) => ({
      light: `color-mix(in srgb, var(--mantine-color-${color}-6) 18%, transparent)`,
      'light-hover': `color-mix(in srgb, var(--mantine-color-${color}-6) 26%, transparent)`,
      'light-color': `var(--mantine-color-${color}-3)`,
    })),
  },
});

function ofEach(variables: (color: keyof typeof inks) => Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    colors.flatMap((color) =>
      Object.entries(variables(color)).map(([name, value]) => [`--mantine-color-${color}-${name}`, value]),
    ),
  );
}
