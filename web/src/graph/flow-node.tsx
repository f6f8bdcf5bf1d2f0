/** A node on the canvas: icon, name, what it does, its ports, its problems, and how it fares in the shown run. */
import { Group, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconEyeOff,
  IconPinFilled,
  IconPlus,
  IconRefresh,
} from '@tabler/icons-react';
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import { findNodeType } from '../../../contracts/catalogue/index.ts';
import type { GraphNode } from '../../../contracts/graph.ts';
import type { Port } from '../../../contracts/node-type.ts';
import { NodeIcon } from '../components/node-icon.tsx';
import { StateIcon } from '../components/state-badge.tsx';
import { canvasText } from '../i18n/canvas.ts';
import { useLanguage, useT } from '../i18n/language.ts';
import { failureText } from '../lib/failure-text.ts';
import { nodePorts } from './connection.ts';
import classes from './flow-node.module.css';
import { nodeSize, portOffset } from './node-size.ts';
import { nodeSummary } from './node-summary.ts';
import { useIsRenaming, useNodeProblems, useNodeView, useScene } from './scene.ts';
import type { FlowNode } from './to-flow.ts';

export const FlowNodeView = memo(function FlowNodeView({ data, selected }: NodeProps<FlowNode>) {
  const { node, pinned, connectedPorts } = data;
  const t = useT();
  const language = useLanguage();
  const view = useNodeView(node.id);
  const isTrigger = findNodeType(node.type)?.role === 'trigger';
  const { inputs, outputs } = nodePorts(node);
  const { height } = nodeSize(node);
  const connected = connectedPorts.split('\n');
  // React Flow measures where handles are, of all nodes at once when they appear; ports that come, go or move must be measured
  // again. Measuring each node here at first would let it fit its view to the one measured first.
  const portNames = [...inputs, ...outputs].map((port) => port.name).join('\n');
  const measure = useUpdateNodeInternals();
  const measuredPorts = useRef(portNames);
  useEffect(() => {
    if (measuredPorts.current === portNames) return;
    measuredPorts.current = portNames;
    measure(node.id);
  }, [measure, node.id, portNames]);
  return (
    <div
      className={classes.node}
      data-testid={`node-${node.name}`}
      data-state={view?.state}
      data-selected={selected || undefined}
      data-disabled={node.disabled || undefined}
      data-trigger={isTrigger || undefined}
      style={{ height }}
    >
      <NodeIcon type={node.type} size={36} />
      <div className={classes.texts}>
        <NodeName node={node} />
        <Text size="xs" c="dimmed" truncate title={nodeSummary(node, language)}>
          {node.disabled ? t(canvasText.disabled) : nodeSummary(node, language)}
        </Text>
      </div>
      <NodeMarks node={node} pinned={pinned} />
      {inputs.map((port, index) => (
        <InPort
          key={port.name}
          node={node}
          port={port}
          top={portOffset(index, inputs.length, height)}
          labelled={inputs.length > 1}
        />
      ))}
      {outputs.map((port, index) => (
        <OutPort
          key={port.name}
          node={node}
          port={port}
          top={portOffset(index, outputs.length, height)}
          labelled={outputs.length > 1}
          open={!connected.includes(port.name)}
        />
      ))}
    </div>
  );
});

function NodeName({ node }: { node: GraphNode }) {
  const t = useT();
  const { actions } = useScene();
  const isRenaming = useIsRenaming(node.id);
  const [name, setName] = useState(node.name);
  if (!isRenaming || !actions)
    return (
      <Text size="sm" fw={600} truncate title={node.name}>
        {node.name}
      </Text>
    );
  const done = (keep: boolean) => {
    if (keep) actions.rename(node.id, name);
    else setName(node.name);
    actions.stopRenaming();
  };
  return (
    <TextInput
      className="nodrag nopan"
      size="xs"
      aria-label={t(canvasText.rename)}
      autoFocus
      value={name}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => done(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') done(true);
        if (event.key === 'Escape') done(false);
      }}
    />
  );
}

/** Small signs at the node's corners: problems, pinned data, retries; and its state in the run. */
function NodeMarks({ node, pinned }: { node: GraphNode; pinned: number | undefined }) {
  const t = useT();
  const view = useNodeView(node.id);
  const problems = useNodeProblems(node.id);
  const severe = problems.some((problem) => problem.severity === 'error');
  return (
    <>
      <Group className={classes.marks} gap={3}>
        {problems.length > 0 && (
          <Tooltip
            maw={320}
            label={problems.map((problem) => t(problem.message)).join('\n')}
            style={{ whiteSpace: 'pre-line' }}
          >
            <span
              className={classes.mark}
              data-severity={severe ? 'error' : 'warning'}
              data-testid={`problems-${node.name}`}
            >
              <IconAlertTriangleFilled size={13} />
            </span>
          </Tooltip>
        )}
        {pinned !== undefined && (
          <Tooltip label={t(canvasText.pinned, { count: pinned })}>
            <span className={classes.mark}>
              <IconPinFilled size={13} />
            </span>
          </Tooltip>
        )}
        {node.disabled && (
          <Tooltip label={t(canvasText.disabledHelp)}>
            <span className={classes.mark}>
              <IconEyeOff size={13} />
            </span>
          </Tooltip>
        )}
        {node.retry && (
          <Tooltip label={t(canvasText.retries)}>
            <span className={classes.mark}>
              <IconRefresh size={13} />
            </span>
          </Tooltip>
        )}
      </Group>
      {view && (
        <Tooltip
          label={view.failure && failureText(view.failure)}
          disabled={!view.failure}
          maw={360}
          style={{ whiteSpace: 'pre-line' }}
        >
          <span className={classes.state}>
            {view.started > 1 && (
              <span className={classes.count}>
                {view.finished < view.started ? `${view.finished}/${view.started}` : view.started}
              </span>
            )}
            <StateIcon state={view.state} size={16} />
          </span>
        </Tooltip>
      )}
      {view?.failure && (
        <div className={classes.failure} title={failureText(view.failure)}>
          {view.failure.message}
        </div>
      )}
    </>
  );
}

interface PortProps {
  node: GraphNode;
  port: Port;
  top: number;
  labelled: boolean;
}

function InPort({ node, port, top, labelled }: PortProps) {
  const t = useT();
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        id={port.name}
        style={{ top }}
        className={classes.in}
        title={t(port.label)}
        data-testid={`port-in-${node.name}-${port.name}`}
      />
      {labelled && (
        <span className={classes.inLabel} style={{ top }}>
          {t(port.label)}
        </span>
      )}
    </>
  );
}

function OutPort({ node, port, top, labelled, open }: PortProps & { open: boolean }) {
  const t = useT();
  const { actions } = useScene();
  const isError = port.name === 'error';
  return (
    <>
      <Handle
        type="source"
        position={Position.Right}
        id={port.name}
        style={{ top }}
        className={classes.out}
        data-error={isError || undefined}
        title={t(port.label)}
        data-testid={`port-out-${node.name}-${port.name}`}
      />
      {(labelled || isError) && (
        <span
          className={classes.outLabel}
          data-error={isError || undefined}
          data-open={(open && actions !== undefined) || undefined}
          style={{ top }}
        >
          {t(port.label)}
        </span>
      )}
      {open && actions && (
        <button
          type="button"
          className={`${classes.add} nodrag nopan`}
          style={{ top }}
          aria-label={t(canvasText.addAfter, { name: node.name })}
          data-testid={`add-after-${node.name}-${port.name}`}
          onClick={(event) => {
            event.stopPropagation();
            actions.addAfter(node.id, port.name);
          }}
        >
          <IconPlus size={12} stroke={2.4} />
        </button>
      )}
    </>
  );
}
