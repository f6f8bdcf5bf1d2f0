/** What the schemas of parameters say of a wrong value, in both languages: a schema itself holds one string, the English one. */
import { type Text, text } from './text.ts';

const known: readonly Text[] = [
  text('A webhook needs a path.', 'Um webhook precisa de um caminho.'),
  text(
    'Use letters, digits, . _ ~ - and / between parts, without a slash at either end.',
    'Use letras, dígitos, . _ ~ - e / entre as partes, sem barra no início nem no fim.',
  ),
  text(
    'Paths under test/ belong to the editor. Choose another.',
    'Caminhos sob test/ pertencem ao editor. Escolha outro.',
  ),
  text(
    'Paths under resume/ belong to runs that wait. Choose another.',
    'Caminhos sob resume/ pertencem a execuções que esperam. Escolha outro.',
  ),
  text('A form needs a path.', 'Um formulário precisa de um caminho.'),
  text('Use letters, digits, _ and - only.', 'Use só letras, dígitos, _ e -.'),
  text(
    'Name an event such as order.paid, order.* for all under it, or * for all.',
    'Dê o nome de um evento, como order.paid, order.* para todos sob ele, ou * para todos.',
  ),
  text('A poll needs a URL.', 'Uma consulta precisa de uma URL.'),
  text(
    'Choose a credential from the list; it cannot be an expression.',
    'Escolha uma credencial da lista; não pode ser uma expressão.',
  ),
  text('A feed needs a URL.', 'Um feed precisa de uma URL.'),
  text('Mail needs an address.', 'O e-mail precisa de um endereço.'),
  text('Use 3 to 100 small letters, digits, - and _.', 'Use de 3 a 100 letras minúsculas, dígitos, - e _.'),
  text('A mailbox needs a name.', 'Uma caixa postal precisa de um nome.'),
  text('A field needs a name.', 'Um campo precisa de um nome.'),
  text('An HTTP request needs a URL.', 'Uma requisição HTTP precisa de uma URL.'),
  text('Name the table.', 'Dê o nome da tabela.'),
  text('A column needs a name.', 'Uma coluna precisa de um nome.'),
  text('is not a number', 'não é um número'),
  text('A request needs a URL.', 'Uma requisição precisa de uma URL.'),
  text('Choose an agent.', 'Escolha um agente.'),
  text('Choose a knowledge base.', 'Escolha uma base de conhecimento.'),
  text('Choose a server.', 'Escolha um servidor.'),
  text('Choose a tool.', 'Escolha uma ferramenta.'),
  text('Name the field that holds the list.', 'Dê o nome do campo que guarda a lista.'),
  text('Choose an automation.', 'Escolha uma automação.'),
  text('Use letters, digits and . _ ~ - only.', 'Use só letras, dígitos e . _ ~ -.'),
];
const byEnglish = new Map(known.map((message) => [message.en, message]));

/** One that zod makes itself stands as it is: it comes in the language that zod was told to speak. */
export function parameterMessage(message: string): Text {
  return byEnglish.get(message) ?? text(message, message);
}
