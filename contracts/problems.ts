/**
 * Every problem the API can answer with (RFC 9457), by stable code: what happened and what to do next, in each language.
 * `{name}` in a text is filled from the problem's values.
 */
import { z } from 'zod';
import { type Language, type Text, text } from './text.ts';

interface ProblemKind {
  status: number;
  title: Text;
  next: Text;
}

export const problems = {
  'invalid-request': {
    status: 400,
    title: text('The request is not valid.', 'A requisição não é válida.'),
    next: text('Correct the fields named in errors.', 'Corrija os campos citados em errors.'),
  },
  'invalid-json': {
    status: 400,
    title: text('The body is not valid JSON: {reason}', 'O corpo não é JSON válido: {reason}'),
    next: text('Send a well-formed JSON body.', 'Envie um corpo JSON bem formado.'),
  },
  unauthorized: {
    status: 401,
    title: text('Sign in first.', 'Entre primeiro.'),
    next: text(
      'Send an API key as "Authorization: Bearer …", or sign in.',
      'Envie uma chave de API como "Authorization: Bearer …" ou entre.',
    ),
  },
  'wrong-password': {
    status: 401,
    title: text('E-mail or password is wrong.', 'E-mail ou senha errados.'),
    next: text(
      'Check both and try again. After several wrong tries the password rests for a while; a link by mail works all the same. New here: open the link in our mail first.',
      'Confira os dois e tente de novo. Depois de vários erros a senha fica em pausa por um tempo; um link por e-mail funciona mesmo assim. Conta nova: abra antes o link do nosso e-mail.',
    ),
  },
  'wrong-code': {
    status: 403,
    title: text('This code is wrong or was used.', 'Este código está errado ou já foi usado.'),
    next: text(
      'Wait for the next code of your app; to sign in, a recovery code works too. After several wrong ones you have to sign in again.',
      'Espere o próximo código do aplicativo; para entrar, um código de recuperação também serve. Depois de vários erros é preciso entrar de novo.',
    ),
  },
  'confirm-it-is-you': {
    status: 403,
    title: text('Your present password is missing or wrong.', 'A senha atual falta ou está errada.'),
    next: text(
      'Enter the password you sign in with. After several wrong ones it rests for a while.',
      'Informe a senha com que você entra. Depois de vários erros ela fica em pausa por um tempo.',
    ),
  },
  'link-over': {
    status: 403,
    title: text(
      'This link is over: it works once and not for long.',
      'Este link não vale mais: funciona uma vez e por pouco tempo.',
    ),
    next: text('Ask for a new one.', 'Peça um novo.'),
  },
  'sign-up-closed': {
    status: 403,
    title: text('Accounts are by invitation here.', 'Aqui as contas são por convite.'),
    next: text(
      'Ask somebody in the workspace to invite you.',
      'Peça a alguém do workspace que convide você.',
    ),
  },
  'second-factor-set': {
    status: 409,
    title: text('There is a second factor already.', 'Já existe um segundo fator.'),
    next: text('Turn it off first.', 'Desative-o antes.'),
  },
  'no-second-factor': {
    status: 409,
    title: text('There is no second factor.', 'Não há segundo fator.'),
    next: text('Begin to set one up first.', 'Comece a configurar um antes.'),
  },
  forbidden: {
    status: 403,
    title: text('You may not do this.', 'Você não pode fazer isto.'),
    next: text('Ask an owner of the workspace.', 'Peça a um dono do workspace.'),
  },
  'no-workspace': {
    status: 403,
    title: text('You are in no workspace.', 'Você não está em nenhum workspace.'),
    next: text('Create one, or ask for an invitation.', 'Crie um, ou peça um convite.'),
  },
  'automation-not-shared': {
    status: 403,
    title: text(
      '"{by}" starts the automation "{automation}", which you may not run.',
      '"{by}" inicia a automação "{automation}", que você não pode executar.',
    ),
    next: text(
      'Ask whoever manages it to share it with you, or choose another automation.',
      'Peça a quem a gerencia que a compartilhe com você, ou escolha outra automação.',
    ),
  },
  'credential-not-shared': {
    status: 403,
    title: text(
      '"{node}" uses the credential "{credential}", which is not shared with you.',
      '"{node}" usa a credencial "{credential}", que não foi compartilhada com você.',
    ),
    next: text(
      'Ask whoever manages it to share it with you, or choose another credential.',
      'Peça a quem a gerencia que a compartilhe com você, ou escolha outra credencial.',
    ),
  },
  'secret-needed-again': {
    status: 422,
    title: text(
      'What is changed decides where the secret goes: {secrets}.',
      'O que mudou decide para onde vai o segredo: {secrets}.',
    ),
    next: text(
      'Give it again, in the same request: a saved secret is only for where it was given for.',
      'Informe-o de novo, na mesma requisição: um segredo salvo só serve para o destino para o qual foi informado.',
    ),
  },
  'credential-in-use': {
    status: 409,
    title: text(
      'Published automations use this credential: {automations}.',
      'Automações publicadas usam esta credencial: {automations}.',
    ),
    next: text(
      'Give them another one first, or delete it with force=true: their next steps that need it fail.',
      'Troque-a nelas antes, ou apague com force=true: os próximos passos que precisarem dela falham.',
    ),
  },
  'credential-not-connectable': {
    status: 409,
    title: text(
      'Only an OAuth2 credential with the authorization code grant can be connected.',
      'Só uma credencial OAuth2 com concessão por código de autorização pode ser conectada.',
    ),
    next: text(
      'Choose that grant in the credential and fill in its addresses.',
      'Escolha essa concessão na credencial e preencha os endereços.',
    ),
  },
  'name-taken': {
    status: 409,
    title: text('The name "{name}" is taken.', 'O nome "{name}" já está em uso.'),
    next: text('Choose another name.', 'Escolha outro nome.'),
  },
  'table-missing': {
    status: 404,
    title: text('There is no table "{table}".', 'Não existe a tabela "{table}".'),
    next: text(
      'Choose a table of this workspace, or create it.',
      'Escolha uma tabela deste workspace, ou crie-a.',
    ),
  },
  'too-many-tables': {
    status: 409,
    title: text(
      'The workspace has {most} tables, the most there may be.',
      'O workspace já tem {most} tabelas, o máximo.',
    ),
    next: text('Delete one that nobody needs.', 'Apague uma de que ninguém precisa.'),
  },
  'column-missing': {
    status: 400,
    title: text('The table has no column "{column}".', 'A tabela não tem a coluna "{column}".'),
    next: text(
      'Correct the name, or add the column to the table.',
      'Corrija o nome, ou adicione a coluna à tabela.',
    ),
  },
  'column-taken': {
    status: 409,
    title: text('The table has two columns "{column}".', 'A tabela tem duas colunas "{column}".'),
    next: text('Choose another name.', 'Escolha outro nome.'),
  },
  'too-many-columns': {
    status: 409,
    title: text('A table has {most} columns at most.', 'Uma tabela tem no máximo {most} colunas.'),
    next: text('Put several values into one column of JSON.', 'Ponha vários valores em uma coluna JSON.'),
  },
  'bad-cell': {
    status: 400,
    title: text(
      '{value} is no {type}, as the column "{column}" wants.',
      '{value} não é {type}, como quer a coluna "{column}".',
    ),
    next: text(
      'Change the value. Dates are written in ISO 8601, for example 2027-01-31T09:00Z.',
      'Mude o valor. Datas são escritas em ISO 8601, por exemplo 2027-01-31T09:00Z.',
    ),
  },
  'row-too-large': {
    status: 413,
    title: text(
      'A row of {bytes} bytes is too large: {most} is the limit.',
      'Uma linha de {bytes} bytes é grande demais: o limite é {most}.',
    ),
    next: text(
      'Keep large values as files, and their address in the table.',
      'Guarde valores grandes como arquivos, e o endereço na tabela.',
    ),
  },
  'table-full': {
    status: 409,
    title: text(
      'The table "{table}" is full: {most} is the limit.',
      'A tabela "{table}" está cheia: o limite é {most}.',
    ),
    next: text(
      'Delete old rows, or keep this much data in a database of your own.',
      'Apague linhas antigas, ou guarde tantos dados em um banco próprio.',
    ),
  },
  'value-too-large': {
    status: 413,
    title: text(
      'A value of {bytes} bytes is too large: {most} is the limit.',
      'Um valor de {bytes} bytes é grande demais: o limite é {most}.',
    ),
    next: text('Store less, or keep it as a file.', 'Guarde menos, ou guarde como arquivo.'),
  },
  'keys-full': {
    status: 409,
    title: text(
      'The workspace keeps {most} keys, the most there may be.',
      'O workspace já guarda {most} chaves, o máximo.',
    ),
    next: text(
      'Delete old keys, or give new ones a time to live.',
      'Apague chaves antigas, ou dê um prazo às novas.',
    ),
  },
  'not-a-number': {
    status: 409,
    title: text(
      'The value of "{key}" is no number: nothing can be added to it.',
      'O valor de "{key}" não é um número: nada pode ser somado.',
    ),
    next: text('Use another key, or delete this one first.', 'Use outra chave, ou apague esta antes.'),
  },
  'vault-locked': {
    status: 503,
    title: text(
      'Secrets can not be read or kept: {reason}',
      'Segredos não podem ser lidos nem guardados: {reason}',
    ),
    next: text(
      'An operator sets HIVIEX_MASTER_KEY (32 bytes, base64) for every process.',
      'Um operador define HIVIEX_MASTER_KEY (32 bytes, base64) em todos os processos.',
    ),
  },
  'takes-a-person': {
    status: 409,
    title: text('This takes a person in a browser.', 'Isto precisa de uma pessoa em um navegador.'),
    next: text(
      'Sign in to the app and do it there; an API key can not.',
      'Entre no aplicativo e faça por lá; uma chave de API não pode.',
    ),
  },
  'setup-token': {
    status: 403,
    title: text('This set-up token is not valid.', 'Este token de configuração não é válido.'),
    next: text(
      'Use the set-up link that the server printed on its console.',
      'Use o link de configuração que o servidor mostrou no console.',
    ),
  },
  'setup-done': {
    status: 409,
    title: text('Hiviex is set up already.', 'O Hiviex já está configurado.'),
    next: text('Sign in instead.', 'Entre na sua conta.'),
  },
  'not-found': {
    status: 404,
    title: text('There is no such {what}.', 'Não existe: {what}.'),
    next: text('Check the id; it may have been deleted.', 'Confira o id; pode ter sido apagado.'),
  },
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
  'changed-meanwhile': {
    status: 412,
    title: text('Somebody else saved this meanwhile.', 'Alguém salvou isto nesse meio-tempo.'),
    next: text('Load it again and repeat your change.', 'Carregue de novo e refaça sua mudança.'),
  },
  'invalid-graph': {
    status: 422,
    title: text('The automation has problems.', 'A automação tem problemas.'),
    next: text('Correct what errors names, by node and field.', 'Corrija o que errors cita, por nó e campo.'),
  },
  'path-taken': {
    status: 409,
    title: text(
      '{method} {path} is taken by another automation.',
      '{method} {path} já é de outra automação.',
    ),
    next: text('Choose another path for the webhook.', 'Escolha outro caminho para o webhook.'),
  },
  'address-taken': {
    status: 409,
    title: text(
      'The address {address} is taken by another automation.',
      'O endereço {address} já é de outra automação.',
    ),
    next: text('Choose another address for the trigger.', 'Escolha outro endereço para o gatilho.'),
  },
  'not-published': {
    status: 409,
    title: text('This automation is not published.', 'Esta automação não está publicada.'),
    next: text('Publish it, or run its draft.', 'Publique-a ou rode o rascunho.'),
  },
  'no-trigger': {
    status: 422,
    title: text(
      'This automation has no trigger to start from.',
      'Esta automação não tem gatilho para começar.',
    ),
    next: text('Add a trigger node.', 'Adicione um nó de gatilho.'),
  },
  'backfill-range': {
    status: 422,
    title: text('There is nothing to make up for in this time.', 'Não há nada a recuperar nesse período.'),
    next: text(
      'Choose a beginning before the end, both in the past, of a schedule: polls find by themselves what they missed.',
      'Escolha um começo antes do fim, ambos no passado, de um agendamento: consultas acham sozinhas o que perderam.',
    ),
  },
  'backfill-too-many': {
    status: 422,
    title: text(
      '{ticks} ticks or more were due in this time; {most} is the most.',
      'Havia {ticks} disparos ou mais nesse período; o máximo é {most}.',
    ),
    next: text('Do it in parts.', 'Faça em partes.'),
  },
  'event-refused': {
    status: 422,
    title: text('The event was not emitted: {reason}', 'O evento não foi emitido: {reason}'),
    next: text('{hint}', '{hint}'),
  },
  'run-ended': {
    status: 409,
    title: text('The run has ended already: {state}.', 'A execução já terminou: {state}.'),
    next: text('Start it again if you need another.', 'Inicie outra se precisar.'),
  },
  'form-not-found': {
    status: 404,
    title: text('There is no form at this address.', 'Não há formulário neste endereço.'),
    next: text(
      'Check the address; its automation may not be published any more.',
      'Confira o endereço; a automação dele pode não estar mais publicada.',
    ),
  },
  'link-invalid': {
    status: 404,
    title: text('This link is not valid.', 'Este link não é válido.'),
    next: text(
      'Check that it was copied whole, or ask for a new one.',
      'Confira se foi copiado inteiro, ou peça um novo.',
    ),
  },
  'link-used': {
    status: 409,
    title: text('This link was used already.', 'Este link já foi usado.'),
    next: text('It works once; nothing was changed.', 'Ele funciona uma vez; nada mudou.'),
  },
  'wait-over': {
    status: 410,
    title: text(
      'It is too late: nobody waits for this any more.',
      'Já é tarde: ninguém espera mais por isto.',
    ),
    next: text(
      'The time for it ran out and the run went on without.',
      'O prazo acabou e a execução continuou sem isso.',
    ),
  },
  'run-over': {
    status: 410,
    title: text('What this belonged to has ended.', 'Aquilo a que isto pertencia já terminou.'),
    next: text('Ask for a new link if it is still needed.', 'Peça um novo link se ainda for necessário.'),
  },
  'resume-method': {
    status: 405,
    title: text('This link takes {method}.', 'Este link aceita {method}.'),
    next: text('Call it with that method.', 'Chame-o com esse método.'),
  },
  'approval-over': {
    status: 409,
    title: text(
      'This has been decided or has ended: {state}.',
      'Isto já foi decidido ou encerrado: {state}.',
    ),
    next: text('Nothing is left to decide.', 'Não há mais nada a decidir.'),
  },
  'decided-already': {
    status: 409,
    title: text('You have decided this already.', 'Você já decidiu isto.'),
    next: text('A decision stands; nothing was changed.', 'Uma decisão não muda; nada foi alterado.'),
  },
  'not-an-approver': {
    status: 409,
    title: text('You are not asked to decide this.', 'A decisão não foi pedida a você.'),
    next: text('Whoever is named as approver can.', 'Quem foi indicado para aprovar pode.'),
  },
  'comment-needed': {
    status: 422,
    title: text('This decision needs a comment.', 'Esta decisão precisa de um comentário.'),
    next: text('Say why.', 'Diga por quê.'),
  },
  'run-failed': {
    status: 500,
    title: text(
      'The run failed before it answered: {reason}',
      'A execução falhou antes de responder: {reason}',
    ),
    next: text('Open the run to see the failed step.', 'Abra a execução para ver o passo que falhou.'),
  },
  'answer-late': {
    status: 504,
    title: text(
      'The run goes on; it has not answered in time.',
      'A execução continua; não respondeu a tempo.',
    ),
    next: text('Look at the run by its id.', 'Veja a execução pelo id.'),
  },
  'too-large': {
    status: 413,
    title: text('The body is larger than {limit}.', 'O corpo é maior que {limit}.'),
    next: text('Send less, or a link to the file.', 'Envie menos, ou um link para o arquivo.'),
  },
  'bad-range': {
    status: 416,
    title: text('The file has no such range.', 'O arquivo não tem esse intervalo.'),
    next: text('See Content-Range for its size.', 'Veja o tamanho em Content-Range.'),
  },
  'file-link-over': {
    status: 410,
    title: text('This link to a file is over.', 'Este link para um arquivo não vale mais.'),
    next: text('Ask whoever sent it for a new one.', 'Peça um novo a quem o enviou.'),
  },
  'storage-unavailable': {
    status: 503,
    title: text(
      'The place where files are kept does not answer.',
      'O lugar onde os arquivos ficam não responde.',
    ),
    next: text(
      'Try again in a moment. If it stays, an operator finds the cause in the log.',
      'Tente de novo em instantes. Se continuar, um operador encontra a causa no log.',
    ),
  },
  'rate-limited': {
    status: 429,
    title: text('Too many requests: {limit}.', 'Requisições demais: {limit}.'),
    next: text('Try again in {seconds} s.', 'Tente de novo em {seconds} s.'),
  },
  'unsupported-body': {
    status: 415,
    title: text('This kind of body can not be read: {type}', 'Este tipo de corpo não pode ser lido: {type}'),
    next: text('Send JSON, form fields or text.', 'Envie JSON, campos de formulário ou texto.'),
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
  'idempotency-conflict': {
    status: 409,
    title: text(
      'This Idempotency-Key was used for another request.',
      'Esta Idempotency-Key foi usada em outra requisição.',
    ),
    next: text('Use a new key for a new request.', 'Use uma chave nova para uma requisição nova.'),
  },
  'invitation-invalid': {
    status: 410,
    title: text('This invitation is not valid.', 'Este convite não é válido.'),
    next: text(
      'It was used, revoked or has expired: ask for a new one.',
      'Ele foi usado, revogado ou expirou: peça um novo.',
    ),
  },
  'invitation-for-another': {
    status: 403,
    title: text(
      'This invitation is for another e-mail address.',
      'Este convite é para outro endereço de e-mail.',
    ),
    next: text(
      'Use it with the address it was sent to, verified.',
      'Use-o com o endereço para o qual foi enviado, verificado.',
    ),
  },
  'already-member': {
    status: 409,
    title: text('Already a member of this workspace.', 'Já é membro deste workspace.'),
    next: text('No invitation is needed.', 'Não é preciso convite.'),
  },
  'email-taken': {
    status: 409,
    title: text('There is an account with this e-mail.', 'Já existe uma conta com este e-mail.'),
    next: text('Sign in with it.', 'Entre com ela.'),
  },
  'last-owner': {
    status: 409,
    title: text('A workspace needs an owner.', 'Um workspace precisa de um dono.'),
    next: text(
      'Transfer it to another member first, or delete it.',
      'Transfira-o antes para outro membro, ou exclua-o.',
    ),
  },
  'group-name-taken': {
    status: 409,
    title: text('There is a group with this name.', 'Já existe um grupo com este nome.'),
    next: text('Choose another name.', 'Escolha outro nome.'),
  },
  'job-ended': {
    status: 409,
    title: text('This job is over ({state}).', 'Esta tarefa já acabou ({state}).'),
    next: text('Start another one for what is left.', 'Inicie outra para o que falta.'),
  },
  'provider-in-use': {
    status: 409,
    title: text('Chains name this provider: {chains}.', 'Cadeias usam este provedor: {chains}.'),
    next: text('Take it out of them first, or turn it off.', 'Tire-o delas antes ou desligue-o.'),
  },
  'run-not-ended': {
    status: 409,
    title: text('This run has not ended yet.', 'Esta execução ainda não terminou.'),
    next: text('Wait for its end, or cancel it first.', 'Espere o fim dela ou cancele-a antes.'),
  },
  'run-succeeded': {
    status: 409,
    title: text(
      'This run succeeded: there is no failure to retry from.',
      'Esta execução teve sucesso: não há falha a partir da qual repetir.',
    ),
    next: text(
      'Run it again from its start, or from a node.',
      'Execute de novo desde o início ou a partir de um nó.',
    ),
  },
  'trigger-gone': {
    status: 409,
    title: text(
      'The trigger that started this run is not in that version, or is disabled there.',
      'O gatilho que iniciou esta execução não está nessa versão ou está desativado nela.',
    ),
    next: text('Take the version that the run had.', 'Use a versão que a execução tinha.'),
  },
  'node-gone': {
    status: 409,
    title: text('This node is not in that version.', 'Este nó não está nessa versão.'),
    next: text('Choose a node of the version that is to run.', 'Escolha um nó da versão que vai executar.'),
  },
  'outputs-not-kept': {
    status: 410,
    title: text(
      'All that this step gave is not kept any more.',
      'Tudo o que este passo entregou não está mais guardado.',
    ),
    next: text(
      'What is shown of it is all there is. Run it again, or keep runs for longer.',
      'O que é mostrado é tudo o que há. Execute de novo, ou guarde as execuções por mais tempo.',
    ),
  },
  'outputs-gone': {
    status: 409,
    title: text(
      'What this run worked with is not kept any more.',
      'Os dados com que esta execução trabalhou não estão mais guardados.',
    ),
    next: text(
      'Send items to run it from its start on them.',
      'Envie itens para executá-la desde o início com eles.',
    ),
  },
  'input-not-editable': {
    status: 409,
    title: text(
      'The input of this node can not be edited: it gathers from several steps.',
      'A entrada deste nó não pode ser editada: ele reúne vários passos.',
    ),
    next: text(
      'Edit the input of a node before or behind it.',
      'Edite a entrada de um nó antes ou depois dele.',
    ),
  },
  unavailable: {
    status: 503,
    title: text('{what} can not be reached right now.', '{what} não pode ser alcançado agora.'),
    next: text(
      'Try again in a moment; nothing was started.',
      'Tente de novo em instantes; nada foi iniciado.',
    ),
  },
  internal: {
    status: 500,
    title: text('Something broke on our side.', 'Algo quebrou do nosso lado.'),
    next: text(
      'Try again; the log has the details under this id.',
      'Tente de novo; o log tem os detalhes com este id.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

export const problemError = z.object({
  message: z.string(),
  /** Path of the field, e.g. `nodes.2.parameters.url`. */
  field: z.string().optional(),
  code: z.string().optional(),
  node: z.string().optional(),
  nodeName: z.string().optional(),
});

/** The body of every error answer, `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(problemError).optional(),
  run: z.string().optional(),
});
export type Problem = z.output<typeof problem>;
export type ProblemError = z.output<typeof problemError>;

/** The problem as a person in `language` reads it. */
export function describeProblem(
  code: ProblemCode,
  values: Record<string, string | number> = {},
  language: Language = 'en',
): Pick<Problem, 'type' | 'title' | 'status' | 'code' | 'detail'> {
  const kind = problems[code];
  const fill = (template: Text) =>
    template[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  return {
    type: `about:blank#${code}`,
    title: fill(kind.title),
    status: kind.status,
    code,
    detail: fill(kind.next),
  };
}
