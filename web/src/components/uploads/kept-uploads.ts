/** Which upload a file belongs to, kept over a reload: whoever chooses the same file again goes on where it was. */
import type { CreateUpload } from '../../../../contracts/api/uploads.ts';

const prefix = 'hiviex-upload:';

export interface KeptUpload {
  readonly id: string | undefined;
  keep(id: string): void;
  forget(): void;
}

/** @param workspace whose it is: another one doesn't know it */
export function keptUpload(
  file: File,
  { purpose = 'file', visibility }: CreateUpload,
  workspace: string,
): KeptUpload {
  const key = `${prefix}${[workspace, purpose, visibility ?? '', file.name, file.size, file.lastModified].join(':')}`;
  return {
    get id() {
      return sessionStorage.getItem(key) ?? undefined;
    },
    keep: (id) => sessionStorage.setItem(key, id),
    forget: () => sessionStorage.removeItem(key),
  };
}
