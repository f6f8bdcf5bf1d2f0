/** Roles of a member in a workspace, strongest first, and the levels of a grant on one resource. */
import { z } from 'zod';
import { type Text, text } from '../text.ts';

export const roles = ['owner', 'admin', 'builder', 'operator', 'member', 'viewer'] as const;
export const role = z.enum(roles);
export type Role = z.output<typeof role>;

/** Roles that somebody may be given; a workspace gets an owner by making it, or by transfer. */
export const assignableRole = role.exclude(['owner']);
export type AssignableRole = z.output<typeof assignableRole>;

export const roleTexts: Record<Role, { name: Text; about: Text }> = {
  owner: {
    name: text('Owner', 'Dono'),
    about: text('Everything, the workspace itself included.', 'Tudo, inclusive o próprio workspace.'),
  },
  admin: {
    name: text('Admin', 'Administrador'),
    about: text(
      'Members, keys, credentials and all work.',
      'Membros, chaves, credenciais e todo o trabalho.',
    ),
  },
  builder: {
    name: text('Builder', 'Construtor'),
    about: text('Draws, publishes and runs automations.', 'Desenha, publica e roda automações.'),
  },
  operator: {
    name: text('Operator', 'Operador'),
    about: text('Starts, watches and cancels runs.', 'Inicia, acompanha e cancela execuções.'),
  },
  member: {
    name: text('Member', 'Membro'),
    about: text(
      'Chats and approves, and uses what is shared with them.',
      'Conversa e aprova, e usa o que for compartilhado.',
    ),
  },
  viewer: {
    name: text('Viewer', 'Leitor'),
    about: text('Sees the work and changes nothing.', 'Vê o trabalho e não muda nada.'),
  },
};

export const resourceTypes = ['automation', 'agent', 'knowledge', 'credential'] as const;
export const resourceType = z.enum(resourceTypes);
export type ResourceType = z.output<typeof resourceType>;

/** Each level holds those before it. */
export const grantLevels = ['use', 'edit', 'manage'] as const;
export const grantLevel = z.enum(grantLevels);
export type GrantLevel = z.output<typeof grantLevel>;

export const grantLevelTexts: Record<GrantLevel, Text> = {
  use: text('May use', 'Pode usar'),
  edit: text('May edit', 'Pode editar'),
  manage: text('May manage', 'Pode gerenciar'),
};

export function reaches(level: GrantLevel | undefined, needed: GrantLevel): boolean {
  return level !== undefined && grantLevels.indexOf(level) >= grantLevels.indexOf(needed);
}
