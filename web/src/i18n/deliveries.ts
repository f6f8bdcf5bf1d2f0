import { type Text, text } from '../../../contracts/text.ts';

export const deliveriesText = {
  title: text('Webhook deliveries', 'Entregas do webhook'),
  help: text(
    'What callers sent to the webhooks of this automation, and what they were answered. Kept for 7 days; secrets in headers are masked.',
    'O que foi enviado aos webhooks desta automação, e o que foi respondido. Guardado por 7 dias; segredos nos cabeçalhos ficam mascarados.',
  ),
  emptyTitle: text('Nothing has come in', 'Nada chegou'),
  emptyText: text(
    'Turn on “Keep a log of deliveries” at the webhook node and publish. From then on every call is listed here, refused ones too, and can be replayed.',
    'Ative “Guardar um registro das entregas” no nó de webhook e publique. A partir daí cada chamada aparece aqui, também as recusadas, e pode ser repetida.',
  ),
  answered: text('Answered with {status}', 'Respondida com {status}'),
  refused: text('refused: {problem}', 'recusada: {problem}'),
  /** By the code of the problem; another code is shown as it is. */
  refusals: {
    'invalid-json': text('its body is no valid JSON', 'o corpo não é JSON válido'),
    'webhook-signature': text('its signature is wrong or missing', 'a assinatura está errada ou falta'),
    'unsupported-body': text('its kind of body is not read', 'o tipo do corpo não é lido'),
    'too-large': text('it is too large', 'é grande demais'),
    'mail-key': text('the password of the address is missing', 'falta a senha do endereço'),
    'mail-unreadable': text('it holds no mail', 'não traz um e-mail'),
    'gate-key': text('the key of the gate can’t be told', 'a chave do controle de chegada não pode ser lida'),
    'gate-files': text('a gate holds no files', 'um controle de chegada não guarda arquivos'),
    'storage-unavailable': text('the file store did not answer', 'o armazenamento não respondeu'),
  } as Readonly<Record<string, Text>>,
  repeated: text('came twice', 'veio duas vezes'),
  replayed: text('replayed', 'repetida'),
  gate: {
    held: text('held by the gate', 'retida no controle de chegada'),
    passed: text('passed the gate', 'passou pelo controle de chegada'),
    throttled: text('dropped: too many in the period', 'descartada: entregas demais no período'),
    full: text('dropped: too many were waiting', 'descartada: entregas demais esperando'),
    unpublished: text('dropped: unpublished meanwhile', 'descartada: despublicada nesse meio-tempo'),
  },
  openRun: text('Open the run', 'Abrir a execução'),
  replay: text('Replay', 'Repetir'),
  replayHelp: text(
    'Starts a run of what is published now with what came in then. Nobody is answered.',
    'Inicia uma execução do que está publicado agora com o que chegou então. Ninguém é respondido.',
  ),
  started: text('A run was started with it.', 'Uma execução foi iniciada com ela.'),
  body: text('Body', 'Corpo'),
  headers: text('Headers', 'Cabeçalhos'),
  query: text('Query', 'Consulta'),
  notKept: text(
    'What it carried is not kept: it was refused, or is too large.',
    'O que ela trazia não foi guardado: foi recusada, ou é grande demais.',
  ),
};
