/** Users and workspaces: who may sign in, and to what. Crosses workspaces, so it is for the system only. */
import type { EntityManager } from '@mikro-orm/core';
import { ulid } from 'ulid';
import type { Role } from '../../contracts/access/roles.ts';
import { Membership, User, Workspace } from '../entities/index.ts';

export interface UserRecord {
  id: string;
  email: string;
  name: string;
  /** Null: signs in by mail or by a provider. */
  passwordHash: string | null;
  emailVerified: boolean;
  secondFactor: boolean;
}

export interface WorkspaceRecord {
  id: string;
  name: string;
}

export type CreateOwnerResult =
  | { kind: 'created'; user: UserRecord; workspace: WorkspaceRecord }
  | { kind: 'email-taken' };

export interface AccountsRepository {
  /** User, workspace and membership in one transaction. E-mails are kept in lower case. */
  createOwner(input: {
    email: string;
    name: string;
    passwordHash: string;
    workspace: string;
  }): Promise<CreateOwnerResult>;
  findByEmail(email: string): Promise<UserRecord | undefined>;
  findUser(id: string): Promise<UserRecord | undefined>;
  /** False until the first owner was made. */
  anyUser(): Promise<boolean>;
  workspace(id: string): Promise<WorkspaceRecord | undefined>;
  /** The oldest workspace: where HIVIEX_API_KEY belongs, and where an owner lands. */
  firstWorkspace(): Promise<WorkspaceRecord | undefined>;
  workspacesOf(user: string): Promise<(WorkspaceRecord & { role: Role })[]>;
  isMember(user: string, workspace: string): Promise<boolean>;
}

export function createAccountsRepository(fork: () => EntityManager): AccountsRepository {
  return {
    async createOwner({ email, name, passwordHash, workspace: workspaceName }) {
      const em = fork();
      const address = email.trim().toLowerCase();
      return em.transactional(async (inside) => {
        if (await inside.findOne(User, { email: address })) return { kind: 'email-taken' };
        const now = new Date();
        const user = { id: ulid(), email: address, name, passwordHash };
        const workspace = { id: ulid(), name: workspaceName };
        inside.create(User, { ...user, createdAt: now, failedSignIns: 0 });
        inside.create(Workspace, { ...workspace, createdAt: now });
        await inside.flush();
        inside.create(Membership, { user: user.id, workspace: workspace.id, role: 'owner', createdAt: now });
        return { kind: 'created', user: { ...user, emailVerified: false, secondFactor: false }, workspace };
      });
    },

    async findByEmail(email) {
      const user = await fork().findOne(User, { email: email.trim().toLowerCase() });
      return user ? toUser(user) : undefined;
    },

    async findUser(id) {
      const user = await fork().findOne(User, { id });
      return user ? toUser(user) : undefined;
    },

    async anyUser() {
      return (await fork().find(User, {}, { fields: ['id'], limit: 1 })).length > 0;
    },

    async workspace(id) {
      const workspace = await fork().findOne(Workspace, { id });
      return workspace ? { id: workspace.id, name: workspace.name } : undefined;
    },

    async firstWorkspace() {
      const [workspace] = await fork().find(Workspace, {}, { orderBy: { id: 'asc' }, limit: 1 });
      return workspace && { id: workspace.id, name: workspace.name };
    },

    async workspacesOf(user) {
      const em = fork();
      const memberships = await em.find(Membership, { user }, { orderBy: { createdAt: 'asc' } });
      const workspaces = await em.find(Workspace, {
        id: { $in: memberships.map((entry) => entry.workspace) },
        deletedAt: null,
      });
      const names = new Map(workspaces.map((workspace) => [workspace.id, workspace.name]));
      return memberships.flatMap(({ workspace, role }) => {
        const name = names.get(workspace);
        return name === undefined ? [] : [{ id: workspace, name, role }];
      });
    },

    async isMember(user, workspace) {
      return (await fork().count(Membership, { user, workspace })) > 0;
    },
  };
}

function toUser(user: {
  id: string;
  email: string;
  name: string;
  passwordHash?: string | null;
  emailVerifiedAt?: Date | null;
  totpConfirmedAt?: Date | null;
}): UserRecord {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    passwordHash: user.passwordHash ?? null,
    emailVerified: !!user.emailVerifiedAt,
    secondFactor: !!user.totpConfirmedAt,
  };
}
