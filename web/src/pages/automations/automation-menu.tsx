/** What can be done with an automation, in its row and in the editor. */
import { Menu } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Automation, AutomationSummary } from '../../../../contracts/api/automations.ts';
import {
  deleteAutomation,
  getAutomation,
  sharedAutomation,
  unpublishAutomation,
  useAutomationChange,
} from '../../api/automations.ts';
import { DraftedMenu } from '../../components/drafted-menu.tsx';
import { automationsText } from '../../i18n/automations.ts';
import { useT } from '../../i18n/language.ts';
import { useCreateAutomation } from './use-create-automation.ts';

export interface AutomationMenuProps {
  automation: Pick<AutomationSummary, 'id' | 'name' | 'publishedVersion'> & Pick<Automation, 'level'>;
  onDeleted?(): void;
}

export function AutomationMenu({ automation, onDeleted }: AutomationMenuProps) {
  const t = useT();
  const create = useCreateAutomation();
  return (
    <DraftedMenu
      kind="automation"
      thing={automation}
      shared={sharedAutomation(automation)}
      texts={automationsText}
      load={getAutomation}
      onCopy={({ name, description, draft }) =>
        create.mutate({ name: t(automationsText.copyOf, { name }), description, draft })
      }
      exampleRun={{ items: [{ json: {} }] }}
      remove={useAutomationChange(deleteAutomation)}
      unpublish={useAutomationChange(unpublishAutomation)}
      onDeleted={onDeleted}
    >
      <Menu.Item
        leftSection={<IconListDetails size={16} />}
        component={Link}
        to={`/runs?automation=${automation.id}`}
      >
        {t(automationsText.showRuns)}
      </Menu.Item>
    </DraftedMenu>
  );
}
