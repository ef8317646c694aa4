import pg from 'pg'
import { definerRole, deriveLogin, loginPurposes, plainRole, systemRole, type Login } from './roles.ts'

/**
 * Makes the roles that migrations grant to, and the three logins. Roles belong to the whole server, so databases that are migrated side
 * by side meet here; who comes second finds the role there.
 */
export async function createRoles(client: pg.Client, ownerUrl: string, secret: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${plainRole}') then create role ${plainRole} nologin; end if;
    if not exists (select from pg_roles where rolname = '${systemRole}') then create role ${systemRole} nologin in role ${plainRole}; end if;
    if not exists (select from pg_roles where rolname = '${definerRole}') then create role ${definerRole} nologin in role ${plainRole}; end if;
  exception when duplicate_object or unique_violation then null;
  end $$`)
  for (const purpose of loginPurposes) await ensureLogin(client, ownerUrl, deriveLogin(ownerUrl, secret, purpose))
  // An owner who is no superuser acts as the system in migrations and hands functions over to the definer role.
  await client.query(`do $$ begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
      if not pg_has_role(current_user, '${systemRole}', 'usage') then execute format('grant ${systemRole} to %I', current_user); end if;
      if not pg_has_role(current_user, '${definerRole}', 'usage') then execute format('grant ${definerRole} to %I', current_user); end if;
    end if;
  end $$`)
}

/** Makes the login, or gives it its password again where that has changed with the owner's. */
async function ensureLogin(client: pg.Client, ownerUrl: string, login: Login): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${login.name}') then
      create role ${login.name} login nosuperuser nobypassrls nocreatedb nocreaterole password '${login.password}' in role ${login.memberOf};
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`)
  if (!(await canSignIn(ownerUrl, login)))
    await client.query(`alter role ${login.name} with login password '${login.password}'`)
}

async function canSignIn(ownerUrl: string, login: Login): Promise<boolean> {
  const url = new URL(ownerUrl)
  url.username = login.name
  url.password = login.password
  const attempt = new pg.Client({ connectionString: url.toString() })
  try {
    await attempt.connect()
    return true
  } catch {
    return false
  } finally {
    await attempt.end().catch(() => undefined)
  }
}

/**
 * A dump of another tool that is loaded into a server without our roles loses every grant and every policy that names them; only the
 * migrations say what those are, and they have run. Such a database looks whole, and no process could work with it.
 *
 * @throws Error that says what to do; nothing was changed
 */
export async function refuseForeignDump(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ hasTables: boolean; isGranted: boolean }>(`
    select c.oid is not null as "hasTables", exists (
      select from aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee where r.rolname = '${plainRole}' and a.privilege_type = 'SELECT') as "isGranted"
    from (select to_regclass('tenancy.federation') as oid) as found left join pg_class c on c.oid = found.oid`)
  if (rows[0]?.hasTables && !rows[0].isGranted)
    throw new Error(
      'The tables of this database have lost what the application may do with them: they were loaded from a dump, without the roles of the application. ' +
        'Use `gonglian restore` with a file of `gonglian backup` and an empty database.',
    )
}

/**
 * Brings ownership and the privileges of functions to where they belong, after the migrations and each time. Grants on tables are those of
 * the migrations, which run once (see refuseForeignDump).
 *
 * - SECURITY DEFINER functions belong to the definer role, which is no superuser: a fault in one of them doesn't give away the server.
 * - Policies that let such a function pass name the definer role instead of whoever ran the migrations.
 * - Nobody but the owner makes temporary objects: what a caller puts there can't stand in for what a function means.
 */
export async function settlePrivileges(client: pg.Client): Promise<void> {
  await client.query(`do $$
    declare one record;
    begin
      execute format('revoke temporary, create on database %I from public, ${plainRole}', current_database());
      for one in
        select p.oid::regprocedure as name, n.nspname as schema from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('public', 'bullmq', 'information_schema') and n.nspname !~ '^pg_'
          and pg_get_userbyid(p.proowner) <> '${definerRole}'
      loop
        execute format('grant create on schema %I to ${definerRole}', one.schema);
        execute format('alter function %s owner to ${definerRole}', one.name);
        execute format('revoke create on schema %I from ${definerRole}', one.schema);
      end loop;
      -- They call functions that nobody else may.
      for one in select nspname as schema from pg_namespace where nspname not in ('public', 'bullmq', 'information_schema') and nspname !~ '^pg_' loop
        execute format('grant execute on all functions in schema %I to ${definerRole}', one.schema);
      end loop;
      for one in
        select p.polname as name, p.polrelid::regclass as target, p.polcmd as command from pg_policy p join pg_class c on c.oid = p.polrelid
        where p.polroles = array[c.relowner]
      loop
        execute format('alter policy %I on %s to ${definerRole}', one.name, one.target);
        execute format('grant %s on %s to ${definerRole}',
          case one.command when 'r' then 'select' when 'a' then 'insert, select' when 'w' then 'select, update' when 'd' then 'select, delete'
            else 'select, insert, update, delete' end, one.target);
      end loop;
    end $$`)
}
