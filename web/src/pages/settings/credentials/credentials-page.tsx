/** Credentials that one may use, and for those who manage them, their whole life. */
import { Button } from '@mantine/core';
import { IconPlus, IconSearch, IconShieldLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Credential } from '../../../../../contracts/api/credentials.ts';
import { findCredentialType } from '../../../../../contracts/credentials/index.ts';
import { useCredentials } from '../../../api/credentials.ts';
import { useCan } from '../../../api/session.ts';
import { ListFrame } from '../../../components/list-frame.tsx';
import { Page } from '../../../components/page.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { ShareDialog } from '../../../components/sharing/share-dialog.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { credentialsText } from '../../../i18n/credentials.ts';
import { type Translate, useT } from '../../../i18n/language.ts';
import { CredentialDialog } from './credential-dialog.tsx';
import { CredentialRows } from './credential-rows.tsx';
import { useConsentAnswer } from './use-consent-answer.ts';

/** What is open above the list. The credential stays while the dialog closes, so that it does not change as it goes. */
interface Dialog {
  kind: 'new' | 'edit' | 'share';
  credential?: Credential;
  opened: boolean;
}

export function CredentialsPage() {
  const t = useT();
  const credentials = useCredentials();
  const mayCreate = useCan('credential.create');
  const [search, setSearch] = useState('');
  const [dialog, setDialog] = useState<Dialog>({ kind: 'new', opened: false });
  useConsentAnswer();
  const close = () => setDialog((before) => ({ ...before, opened: false }));
  const wanted = search.trim().toLowerCase();
  const all = credentials.data ?? [];
  const rows = all.filter((credential) => nameAndKind(credential, t).toLowerCase().includes(wanted));
  const button = mayCreate && (
    <Button
      leftSection={<IconPlus size={16} />}
      onClick={() => setDialog({ kind: 'new', opened: true })}
      data-testid="new-credential"
    >
      {t(credentialsText.new)}
    </Button>
  );
  return (
    <Page
      title={t(credentialsText.title)}
      description={t(credentialsText.description)}
      actions={all.length > 0 && button}
    >
      <ListFrame
        query={credentials}
        count={rows.length}
        filters={
          all.length > 5 && (
            <SearchField label={t(credentialsText.search)} value={search} onChange={setSearch} />
          )
        }
        empty={<Nothing search={search.trim()} mayCreate={mayCreate} button={button} />}
      >
        <CredentialRows
          credentials={rows}
          onEdit={(credential) => setDialog({ kind: 'edit', credential, opened: true })}
          onShare={(credential) => setDialog({ kind: 'share', credential, opened: true })}
        />
      </ListFrame>
      <CredentialDialog
        opened={dialog.opened && dialog.kind !== 'share'}
        onClose={close}
        credential={dialog.kind === 'edit' ? dialog.credential : undefined}
      />
      {dialog.credential && (
        <ShareDialog
          thing={{ collection: 'credentials', id: dialog.credential.id, name: dialog.credential.name }}
          opened={dialog.opened && dialog.kind === 'share'}
          onClose={close}
        />
      )}
    </Page>
  );
}

function nameAndKind({ name, type }: Credential, t: Translate): string {
  const kind = findCredentialType(type);
  return `${name} ${kind ? t(kind.label) : type}`;
}

interface NothingProps {
  search: string;
  mayCreate: boolean;
  button: ReactNode;
}

function Nothing({ search, mayCreate, button }: NothingProps) {
  const t = useT();
  if (search)
    return (
      <TeachingEmpty icon={<IconSearch />} title={t(credentialsText.noMatch, { search })}>
        {t(credentialsText.noMatchText)}
      </TeachingEmpty>
    );
  if (!mayCreate)
    return (
      <TeachingEmpty icon={<IconShieldLock />} title={t(credentialsText.emptyShared)}>
        {t(credentialsText.emptySharedText)}
      </TeachingEmpty>
    );
  return (
    <TeachingEmpty icon={<IconShieldLock />} title={t(credentialsText.emptyTitle)} actions={button}>
      {t(credentialsText.emptyText)}
    </TeachingEmpty>
  );
}
