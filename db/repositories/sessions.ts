/** Signed-in browsers. Only the hash of a session's token is stored, so a leaked table signs nobody in. */
import type { EntityManager } from '@mikro-orm/core';
import { ulid } from 'ulid';
import { Session } from '../entities/index.ts';

export interface SessionRecord {
  id: string;
  user: string;
  /** The active workspace. */
  workspace: string;
  expiresAt: Date;
}

export interface SessionsRepository {
  /** @param tokenHash sha-256 of the token, hex */
  create(input: {
    tokenHash: string;
    user: string;
    workspace: string;
    expiresAt: Date;
  }): Promise<SessionRecord>;
  /** Undefined when unknown, revoked or expired. */
  find(tokenHash: string): Promise<SessionRecord | undefined>;
  /** False: there was none. */
  revoke(tokenHash: string): Promise<boolean>;
  /** Returns how many were removed. */
  removeExpired(): Promise<number>;
}

export function createSessionsRepository(fork: () => EntityManager): SessionsRepository {
  return {
    async create({ tokenHash, user, workspace, expiresAt }) {
      const id = ulid();
      await fork().insert(Session, { id, tokenHash, user, workspace, expiresAt, createdAt: new Date() });
      return { id, user, workspace, expiresAt };
    },

    async find(tokenHash) {
      const session = await fork().findOne(Session, { tokenHash, expiresAt: { $gt: new Date() } });
      if (!session) return undefined;
      const { id, user, workspace, expiresAt } = session;
      return { id, user, workspace, expiresAt };
    },

    async revoke(tokenHash) {
      return (await fork().nativeDelete(Session, { tokenHash })) > 0;
    },

    removeExpired() {
      return fork().nativeDelete(Session, { expiresAt: { $lte: new Date() } });
    },
  };
}
