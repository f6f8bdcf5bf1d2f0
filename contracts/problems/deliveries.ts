/** What comes in from outside: webhooks and mail. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const deliveryProblems = {
  'webhook-not-found': {
    status: 404,
    title: text(
      'No published automation listens at {method} {path}.',
      'Nenhuma automação publicada escuta em {method} {path}.',
    ),
    next: text(
      'Check method and path, and publish the automation.',
      'Confira método e caminho, e publique a automação.',
    ),
  },
  'not-listening': {
    status: 404,
    title: text(
      'Nobody listens for a test call at {method} {path} now.',
      'Ninguém escuta uma chamada de teste em {method} {path} agora.',
    ),
    next: text(
      'In the editor choose the trigger and press “Listen for a test call”: the next call within ten minutes is taken, each time one. Without test/ the address is the published one.',
      'No editor, escolha o gatilho e clique em “Escutar uma chamada de teste”: a próxima chamada em dez minutos é aceita, uma por vez. Sem test/ o endereço é o publicado.',
    ),
  },
  'test-address-taken': {
    status: 409,
    title: text('Another automation has the address {path}.', 'Outra automação tem o endereço {path}.'),
    next: text('Choose another path.', 'Escolha outro caminho.'),
  },
  'webhook-signature': {
    status: 401,
    title: text('The signature is refused: {reason}', 'A assinatura foi recusada: {reason}'),
    next: text(
      'Compare the signing secret at the sender with the secret variable, and the clocks.',
      'Compare o segredo de assinatura de quem envia com a variável secreta, e os relógios.',
    ),
  },
  'mail-key': {
    status: 401,
    title: text('This mail address needs its password.', 'Este endereço de e-mail precisa da senha dele.'),
    next: text(
      'Give the mail service the address with the password that the secret variable holds: https://hiviex:<password>@…, or ?key=<password>.',
      'Informe ao serviço de e-mail o endereço com a senha que está na variável secreta: https://hiviex:<senha>@…, ou ?key=<senha>.',
    ),
  },
  'mail-unreadable': {
    status: 422,
    title: text('There is no raw mail in this request.', 'Não há um e-mail puro nesta requisição.'),
    next: text(
      'Have the service send raw MIME: Postmark "Include raw email content", SendGrid "POST the raw, full MIME message", Mailgun an address that ends with /mime.',
      'Faça o serviço enviar MIME puro: Postmark "Include raw email content", SendGrid "POST the raw, full MIME message", Mailgun um endereço que termina com /mime.',
    ),
  },
  'delivery-not-kept': {
    status: 409,
    title: text('What this delivery carried was not kept.', 'O que esta entrega levava não foi guardado.'),
    next: text(
      'It was refused before its body was read, or was too large to keep: have the sender send it again.',
      'Ela foi recusada antes da leitura do corpo, ou era grande demais: peça a quem envia que a envie de novo.',
    ),
  },
  'gate-files': {
    status: 415,
    title: text(
      'This webhook takes no files: its calls are gathered before there is a run.',
      'Este webhook não aceita arquivos: suas chamadas são reunidas antes de haver uma execução.',
    ),
    next: text(
      'Send a link to the file, or take the gate off the webhook.',
      'Envie um link para o arquivo, ou retire o controle de chegada do webhook.',
    ),
  },
  'gate-key': {
    status: 422,
    title: text(
      'The key of the gate of this webhook could not be worked out: {reason}',
      'A chave do controle de chegada deste webhook não pôde ser calculada: {reason}',
    ),
    next: text(
      'Correct the expression in the webhook, or send what it reads.',
      'Corrija a expressão no webhook, ou envie o que ela lê.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
