/** Facts about this instance, e.g. the hash of the set-up token. */
import type { EntityManager } from '@mikro-orm/core';
import type { JsonValue } from '../../contracts/json.ts';
import { Setting } from '../entities/index.ts';

export interface SettingsRepository {
  get(key: string): Promise<JsonValue | undefined>;
  set(key: string, value: JsonValue): Promise<void>;
  /** What is there stays. Returns what is there now: the same for all who ask at once. */
  ensure(key: string, value: JsonValue): Promise<JsonValue>;
  remove(key: string): Promise<void>;
}

export function createSettingsRepository(fork: () => EntityManager): SettingsRepository {
  return {
    async get(key) {
      return (await fork().findOne(Setting, { key }))?.value;
    },
    async set(key, value) {
      await fork().upsert(Setting, { key, value, updatedAt: new Date() });
    },
    async ensure(key, value) {
      const em = fork();
      await em.upsert(Setting, { key, value, updatedAt: new Date() }, { onConflictAction: 'ignore' });
      return (await fork().findOneOrFail(Setting, { key })).value;
    },
    async remove(key) {
      await fork().nativeDelete(Setting, { key });
    },
  };
}
