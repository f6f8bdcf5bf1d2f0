/** Makes an automation from a file that was exported. */
import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import { notifyError } from '../../components/error-notice.tsx';
import { automationsText } from '../../i18n/automations.ts';
import { useT } from '../../i18n/language.ts';
import { readAutomation } from './read-automation.ts';
import { useCreateAutomation } from './use-create-automation.ts';

export function ImportButton() {
  const t = useT();
  const create = useCreateAutomation();
  // The same file again is a change too, once it was mended.
  const reset = useRef<() => void>(null);
  const onFile = async (file: File | null) => {
    if (!file) return;
    reset.current?.();
    const automation = readAutomation(await file.text(), file.name);
    if (automation) create.mutate(automation);
    else notifyError(new Error(t(automationsText.importWrong, { file: file.name })));
  };
  return (
    <FileButton accept=".json,application/json" resetRef={reset} onChange={onFile}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          leftSection={<IconUpload size={16} />}
          loading={create.isPending}
          data-testid="import-automation"
        >
          {t(automationsText.import)}
        </Button>
      )}
    </FileButton>
  );
}
