/** The vault's face to the rest of the room. */
export { createMasterKeys, type MasterKeyOptions, type MasterKeys } from './master-keys.ts';
export { type Renewal, renewDataKeys, rewrapDataKeys } from './rotate.ts';
export { createVault, type SealContext, type Seals, type Vault } from './vault.ts';
export { VaultError, type VaultErrorCode } from './vault-error.ts';
