/** Whether a call of a tool is made, asked about, or refused. */
import { SegmentedControl } from '@mantine/core';
import { type ToolApproval, toolApproval } from '../../../../../contracts/agents/tool.ts';
import { toolApprovalText, toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';

export interface ApprovalFieldProps {
  value: ToolApproval;
  onChange(approval: ToolApproval): void;
}

export function ApprovalField({ value, onChange }: ApprovalFieldProps) {
  const t = useT();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t(toolsText.approval)}
      data={toolApproval.options.map((each) => ({ value: each, label: t(toolApprovalText[each]) }))}
      value={value}
      onChange={(next) => onChange(toolApproval.parse(next))}
      data-testid="tool-approval"
    />
  );
}
