/** The look of the product: one accent colour, generous type, dense enough for work. Every colour of the app comes from here. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent, a calm violet-blue that no state uses. */
const iris: MantineColorsTuple = [
  '#f1f0ff',
  '#e0defc',
  '#bfbaf3',
  '#9c94ec',
  '#7e74e5',
  '#6b5fe1',
  '#5b4fd6',
  '#4c41bb',
  '#4239a8',
  '#373095',
];

/** Neutral, slightly cool: dark mode reads as slate, not as black. */
const dark: MantineColorsTuple = [
  '#d5d7e0',
  '#b3b6c5',
  '#8f93a6',
  '#676b80',
  '#3d4154',
  '#2c3040',
  '#222634',
  '#1a1d29',
  '#14161f',
  '#0e1017',
];

/** A dialog is a page of its own: its title looks like one. */
const dialogTitle = { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' };

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 5 },
  colors: { iris, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.6rem' }, h2: { fontSize: '1.2rem' } } },
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, multiline: true } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Menu: { defaultProps: { shadow: 'md', withinPortal: true } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 1 } },
      styles: { title: dialogTitle },
    },
    Drawer: { styles: { title: dialogTitle } },
    Paper: { defaultProps: { withBorder: true } },
    Table: { defaultProps: { verticalSpacing: 'xs' } },
  },
});
