import { text } from '../../../contracts/text.ts';

export const variablesText = {
  title: text('Variables', 'Variáveis'),
  description: text(
    'Values that every automation of the workspace reads as $vars.name.',
    'Valores que toda automação do workspace lê como $vars.nome.',
  ),
  new: text('New variable', 'Nova variável'),
  name: text('Name', 'Nome'),
  value: text('Value', 'Valor'),
  valueHelp: text('Shift+Enter begins another line.', 'Shift+Enter começa outra linha.'),
  changed: text('Changed', 'Alterada'),
  secret: text('Secret', 'Secreta'),
  secretHelp: text(
    'Never shown again, and masked in runs. HTTP nodes can send it; expressions see only a stand-in.',
    'Nunca mais aparece, e é mascarada nas execuções. Nós HTTP podem enviá-la; expressões só veem um substituto.',
  ),
  hidden: text('Hidden', 'Oculta'),
  nameWrong: text(
    'Letters, digits and _, beginning with a letter or _; 64 at most.',
    'Letras, dígitos e _, começando por letra ou _; no máximo 64.',
  ),
  nameTaken: text(
    'There is one of this name. Change it in the list.',
    'Já existe uma com este nome. Altere-a na lista.',
  ),
  secretEmpty: text('A secret needs a value.', 'Um segredo precisa de um valor.'),
  edit: text('Edit {name}', 'Editar {name}'),
  editTitle: text('Value of {name}', 'Valor de {name}'),
  saved: text(
    '{name} is saved. Runs that start from now on read it.',
    '{name} foi salva. Execuções que começarem agora já a leem.',
  ),
  deleteTitle: text('Delete {name}?', 'Apagar {name}?'),
  deleteText: text(
    'Expressions that read it give nothing from the next run on.',
    'Expressões que a leem não darão nada a partir da próxima execução.',
  ),
  deleteLabel: text('Delete {name}', 'Apagar {name}'),
  deleted: text('{name} is deleted.', '{name} foi apagada.'),
  emptyTitle: text('Say it once, use it everywhere', 'Diga uma vez, use em todo lugar'),
  emptyText: text(
    'What several automations share, such as a base URL, a region or a threshold, belongs here. In a field, type {{ $vars. and choose. A secret one never leaves the server but in a request.',
    'O que várias automações usam, como uma URL base, uma região ou um limite, fica aqui. Em um campo, digite {{ $vars. e escolha. Uma secreta só sai do servidor em uma requisição.',
  ),
};
