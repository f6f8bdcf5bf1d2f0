import { text } from '../../../contracts/text.ts';

export const sharingText = {
  share: text('Share', 'Compartilhar'),
  shareMore: text('Share…', 'Compartilhar…'),
  title: text('Share “{name}”', 'Compartilhar “{name}”'),
  automations: text(
    'What is given here adds to the role of a member: use runs it, edit changes its draft, manage publishes, shares and deletes.',
    'O que for dado aqui se soma ao papel do membro: usar a roda, editar muda o rascunho, gerenciar publica, compartilha e apaga.',
  ),
  credentials: text(
    'Nobody reads its secrets. Use puts it into nodes, edit replaces them, manage shares and deletes it.',
    'Ninguém lê seus segredos. Usar a coloca em nós, editar os troca, gerenciar a compartilha e apaga.',
  ),
  agents: text(
    'What is given here adds to the role of a member: use talks to it, edit changes its draft, manage publishes, shares and deletes.',
    'O que for dado aqui se soma ao papel do membro: usar conversa com ele, editar muda o rascunho, gerenciar publica, compartilha e apaga.',
  ),
  'knowledge-bases': text(
    'What is given here adds to the role of a member: use searches and reads it, edit changes its documents and settings, manage shares and deletes it.',
    'O que for dado aqui se soma ao papel do membro: usar a pesquisa e lê, editar muda documentos e configurações, gerenciar a compartilha e apaga.',
  ),
  'knowledge-basesNobody': text(
    'Shared with nobody yet: the roles say who may search it.',
    'Não compartilhada ainda: os papéis dizem quem pode pesquisá-la.',
  ),
  automationsNobody: text(
    'Shared with nobody yet: who may see it goes by role alone.',
    'Não compartilhada ainda: quem a vê depende só do papel.',
  ),
  agentsNobody: text(
    'Shared with nobody yet: its visibility and the roles say who may talk to it.',
    'Não compartilhado ainda: a visibilidade e os papéis dizem quem pode conversar com ele.',
  ),
  credentialsNobody: text(
    'Shared with nobody: only owners and admins may use it.',
    'Não compartilhada: só donos e administradores podem usá-la.',
  ),
  who: text('With', 'Com'),
  whoPlaceholder: text('A member, a group or everybody', 'Um membro, um grupo ou todos'),
  all: text('The workspace', 'O workspace'),
  everyone: text('Everybody in the workspace', 'Todos no workspace'),
  groups: text('Groups', 'Grupos'),
  members: text('Members', 'Membros'),
  nobodyLeft: text('Nobody else by this name', 'Ninguém mais com este nome'),
  level: text('They', 'Que'),
  levelOf: text('What {name} may do', 'O que {name} pode fazer'),
  stop: text('Stop sharing with {name}', 'Deixar de compartilhar com {name}'),
};
