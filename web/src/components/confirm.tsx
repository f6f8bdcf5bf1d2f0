/** Asks before what can't be taken back. `const [ask, dialog] = useConfirm()`. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export interface Question {
  title: string;
  text: string;
  action: string;
  /** Of the button that does nothing; for an action that is called "cancel" itself. */
  dismiss?: string;
  onYes(): void;
}

export function useConfirm(): [(question: Question) => void, ReactNode] {
  const t = useT();
  const [question, setQuestion] = useState<Question>();
  const close = () => setQuestion(undefined);
  const dialog = (
    <Modal opened={question !== undefined} onClose={close} title={question?.title} size="sm">
      <Text size="sm">{question?.text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {question?.dismiss ?? t(common.cancel)}
        </Button>
        <Button
          color="red"
          data-testid="confirm"
          onClick={() => {
            question?.onYes();
            close();
          }}
        >
          {question?.action}
        </Button>
      </Group>
    </Modal>
  );
  return [setQuestion, dialog];
}
