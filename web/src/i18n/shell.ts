import { text } from '../../../contracts/text.ts';

export const shellText = {
  home: text('Home', 'Início'),
  automations: text('Automations', 'Automações'),
  runs: text('Runs', 'Execuções'),
  navigation: text('Main', 'Principal'),
  menu: text('Open the menu', 'Abrir o menu'),
  search: text('Search', 'Buscar'),
  searchPlaceholder: text('Go to an automation, a page, an action…', 'Ir para uma automação, página, ação…'),
  nothingFound: text('Nothing found. Try another word.', 'Nada encontrado. Tente outra palavra.'),
  pages: text('Pages', 'Páginas'),
  actions: text('Actions', 'Ações'),
  theme: text('Theme', 'Tema'),
  light: text('Light', 'Claro'),
  dark: text('Dark', 'Escuro'),
  auto: text('As the system', 'Como o sistema'),
  language: text('Language', 'Idioma'),
  signOut: text('Sign out', 'Sair'),
  account: text('Account and preferences', 'Conta e preferências'),
  newAutomation: text('New automation', 'Nova automação'),
  temporal: text('Temporal UI', 'Temporal UI'),
  version: text('Hiviex {version}', 'Hiviex {version}'),
};
