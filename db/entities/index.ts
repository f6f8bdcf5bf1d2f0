import { ApiKey } from './api-key.ts';
import { Automation } from './automation.ts';
import { BusMessage } from './bus-message.ts';
import { IdempotencyKey } from './idempotency-key.ts';
import { Membership } from './membership.ts';
import { Run } from './run.ts';
import { Session } from './session.ts';
import { Setting } from './setting.ts';
import { Step } from './step.ts';
import { User } from './user.ts';
import { Version } from './version.ts';
import { Webhook } from './webhook.ts';
import { Workspace } from './workspace.ts';

export const entities = [
  Workspace,
  User,
  Membership,
  Session,
  ApiKey,
  Automation,
  Version,
  Webhook,
  Run,
  Step,
  IdempotencyKey,
  Setting,
  BusMessage,
];

export {
  ApiKey,
  Automation,
  BusMessage,
  IdempotencyKey,
  Membership,
  Run,
  Session,
  Setting,
  Step,
  User,
  Version,
  Webhook,
  Workspace,
};
