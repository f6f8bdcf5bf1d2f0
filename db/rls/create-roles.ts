import { systemRole, tenantRole } from './roles.ts';

/**
 * Makes the roles where they are missing and lets the user that signed in take them on. Roles belong to the whole cluster, and
 * several of its databases may be migrated at once.
 *
 * Not inherited: the owner of the tables gets past the policies only by taking a role on. Postgres 15 can't say so per grant.
 */
export const createRoles = `
do $roles$
declare
  role_name text;
  modern boolean := current_setting('server_version_num')::int >= 160000;
  terms text := case when modern then ' with set true, inherit false' else '' end;
  may_take_on boolean;
begin
  foreach role_name in array array['${tenantRole}', '${systemRole}'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin', role_name);
      exception when duplicate_object or unique_violation then
        null; -- Another database's migration was quicker.
      end;
    end if;
    if exists (select from pg_roles where rolname = role_name and (rolsuper or rolbypassrls)) then
      raise exception 'The database role % gets round row-level security. As an administrator run: alter role % nosuperuser nobypassrls',
        role_name, role_name;
    end if;
    if modern then
      may_take_on := pg_has_role(session_user, role_name, 'SET');
    else
      may_take_on := pg_has_role(session_user, role_name, 'MEMBER');
    end if;
    if not may_take_on then
      execute format('grant %I to %I', role_name, session_user) || terms;
    end if;
  end loop;
exception when insufficient_privilege then
  raise exception 'The database user % may not create the roles that keep workspaces apart, or not take them on. As an administrator run once: %',
    session_user,
    format(
      'create role ${tenantRole} nologin; create role ${systemRole} nologin; grant ${tenantRole}, ${systemRole} to %I%s; -- leave out what exists (%s)',
      session_user, terms, sqlerrm
    )
    using errcode = 'insufficient_privilege';
end
$roles$`;
