/**
 * Makes or changes a credential, tries it, and connects it where a person has to agree. Opened from the settings and from a node's
 * form, which says what kinds it takes.
 */
import { Modal, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Credential } from '../../../../../contracts/api/credentials.ts';
import {
  type CredentialType,
  credentialTypes,
  findCredentialType,
} from '../../../../../contracts/credentials/index.ts';
import { credentialsText } from '../../../i18n/credentials.ts';
import { useT } from '../../../i18n/language.ts';
import classes from './credential-dialog.module.css';
import { CredentialForm } from './credential-form.tsx';
import { CredentialIcon } from './credential-icon.tsx';

export interface CredentialDialogProps {
  opened: boolean;
  onClose(): void;
  /** Left out: a new one. */
  credential?: Credential | undefined;
  /** Kinds to choose from; default: all. */
  types?: readonly CredentialType[];
  onSaved?(credential: Credential): void;
}

export function CredentialDialog({
  opened,
  onClose,
  credential,
  types = credentialTypes,
  onSaved,
}: CredentialDialogProps) {
  const t = useT();
  const [chosen, setChosen] = useState<CredentialType>();
  const only = types.length === 1 ? types[0] : undefined;
  const type = credential ? findCredentialType(credential.type) : (chosen ?? only);
  const title = () => {
    if (credential) return t(credentialsText.editTitle, { name: credential.name });
    return type ? t(credentialsText.newOfType, { type: t(type.label) }) : t(credentialsText.new);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setChosen(undefined)}
      title={title()}
      size="lg"
      // What was typed is not lost by a click beside the dialog.
      closeOnClickOutside={type === undefined}
    >
      {type ? (
        <CredentialForm
          key={`${type.type}${credential?.id ?? ''}`}
          type={type}
          credential={credential}
          onBack={credential || only ? undefined : () => setChosen(undefined)}
          onClose={onClose}
          onSaved={onSaved}
        />
      ) : (
        <TypeChoice types={types} onChoose={setChosen} />
      )}
    </Modal>
  );
}

interface TypeChoiceProps {
  types: readonly CredentialType[];
  onChoose(type: CredentialType): void;
}

function TypeChoice({ types, onChoose }: TypeChoiceProps) {
  const t = useT();
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t(credentialsText.chooseType)}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {types.map((type, index) => (
          <UnstyledButton
            key={type.type}
            className={classes.type}
            onClick={() => onChoose(type)}
            data-autofocus={index === 0 || undefined}
            data-testid={`credential-type-${type.type}`}
          >
            <CredentialIcon type={type.type} size={36} />
            <div>
              <Text size="sm" fw={600}>
                {t(type.label)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(type.description)}
              </Text>
            </div>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
