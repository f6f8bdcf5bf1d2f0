import { type Text, text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const profileText = {
  title: text('Your profile', 'Seu perfil'),
  description: text(
    'Who you are here, and how your account is kept yours.',
    'Quem você é aqui, e como sua conta continua sendo sua.',
  ),
  you: text('You', 'Você'),
  youHelp: text('Others in your workspaces see your name.', 'Outros dos seus workspaces veem seu nome.'),
  save: text('Save', 'Salvar'),
  saved: text('Saved.', 'Salvo.'),
  verified: text('Confirmed', 'Confirmado'),
  notVerified: text('Not confirmed', 'Não confirmado'),
  verifyHelp: text(
    'Open the link in the mail we sent you, so that mail about your account reaches you.',
    'Abra o link do e-mail que enviamos, para que mensagens sobre sua conta cheguem até você.',
  ),
  sendAgain: text('Send the mail again', 'Enviar o e-mail de novo'),
  sent: text('A mail is on its way to {email}.', 'Um e-mail está a caminho de {email}.'),

  passwordTitle: text('Password', 'Senha'),
  passwordHelp: text(
    'Changing it signs you out everywhere else.',
    'Ao mudá-la, você sai de todos os outros lugares.',
  ),
  noPassword: text(
    'You sign in without a password. With one, you can also get in when mail or your provider is down.',
    'Você entra sem senha. Com uma, consegue entrar também quando o e-mail ou o provedor estiver fora do ar.',
  ),
  changePassword: text('Change the password', 'Mudar a senha'),
  setPassword: text('Set a password', 'Definir uma senha'),
  passwordChanged: text(
    'Your password is changed. You are signed out everywhere else.',
    'Sua senha foi alterada. Você saiu de todos os outros lugares.',
  ),

  secondFactor: text('Second factor', 'Segundo fator'),
  secondFactorHelp: text(
    'A code of an app on your phone, beside the password. It keeps out who has only the password. Turning it on signs you out everywhere else.',
    'Um código de um aplicativo no celular, além da senha. Barra quem só tem a senha. Ao ativá-lo, você sai de todos os outros lugares.',
  ),
  on: text('On', 'Ativado'),
  off: text('Off', 'Desativado'),
  turnOn: text('Set it up', 'Configurar'),
  turnOff: text('Turn it off', 'Desativar'),
  turnOffText: text(
    'Then the password alone is enough to get in. Your recovery codes stop working.',
    'Depois disso, só a senha basta para entrar. Seus códigos de recuperação deixam de valer.',
  ),
  turnedOff: text('The second factor is off.', 'O segundo fator foi desativado.'),
  passwordFirst: text('First, your password again.', 'Primeiro, sua senha de novo.'),
  codeFirst: text('First, a code of your app.', 'Primeiro, um código do seu aplicativo.'),
  goOn: text('Go on', 'Continuar'),
  scan: text(
    'Scan this with an authenticator app (Google Authenticator, 1Password, Aegis…), then enter the six digits it shows.',
    'Escaneie com um aplicativo autenticador (Google Authenticator, 1Password, Aegis…) e digite os seis dígitos que ele mostra.',
  ),
  qrCode: text('QR code with the secret below', 'Código QR com o segredo abaixo'),
  secretByHand: text('Can’t scan? Enter this key by hand:', 'Não dá para escanear? Digite esta chave:'),

  recoveryCodes: text('Recovery codes', 'Códigos de recuperação'),
  recoveryHelp: text(
    'Without your phone, these let you in, each once. Keep them where you keep important things: they are not shown again.',
    'Sem o celular, estes códigos deixam você entrar, cada um uma vez. Guarde-os com cuidado: não serão mostrados de novo.',
  ),
  newCodes: text('New recovery codes', 'Novos códigos de recuperação'),
  newCodesText: text('The ones you have stop working.', 'Os que você tem deixam de valer.'),
  copyCodes: text('Copy', 'Copiar'),
  download: text('Download', 'Baixar'),
  keptThem: text('I have kept them', 'Já guardei'),

  sessions: text('Where you are signed in', 'Onde você está conectado'),
  sessionsHelp: text(
    'A browser you don’t know? Sign it out, and change your password.',
    'Um navegador que você não conhece? Desconecte-o e mude sua senha.',
  ),
  thisOne: text('This one', 'Este'),
  unknownDevice: text('Unknown browser', 'Navegador desconhecido'),
  lastSeen: text('Last seen', 'Visto'),
  signedInBy: text('Signed in {how}', 'Entrou {how}'),
  signOutSession: text('Sign out {device}', 'Desconectar {device}'),
  signOutOthers: text('Sign out everywhere else', 'Sair de todos os outros lugares'),
  signOutOthersText: counted(
    ['{count} other browser is signed out at once.', '{count} other browsers are signed out at once.'],
    [
      '{count} outro navegador é desconectado na hora.',
      '{count} outros navegadores são desconectados na hora.',
    ],
  ),
  signedOut: text('Signed out.', 'Desconectado.'),

  keys: text('Your API keys', 'Suas chaves de API'),
  keysHelp: text(
    'For programs that act as you in this workspace. A key can do no more than you can.',
    'Para programas que agem por você neste workspace. Uma chave não pode mais do que você.',
  ),
};

const methods: Record<string, Text> = {
  password: text('with a password', 'com senha'),
  'magic-link': text('by a mailed link', 'por um link de e-mail'),
  email: text('by a mailed link', 'por um link de e-mail'),
  invitation: text('by an invitation', 'por um convite'),
  setup: text('when setting up', 'na configuração'),
};

/** How a session began; what is not one of ours is a provider's name. */
export function methodText(method: string): Text {
  return methods[method] ?? text(`with ${method}`, `com ${method}`);
}
