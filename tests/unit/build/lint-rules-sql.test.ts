import { noOutboxDelete } from '../../../build/lint-rules/no-outbox-delete.ts';
import { sqlBindOnly } from '../../../build/lint-rules/sql-bind-only.ts';
import { sqlInStore } from '../../../build/lint-rules/sql-in-store.ts';
import { ruleTester } from './rule-tester.ts';

const service = '/project/electron/services/records/register-document.ts';
const domainStore = '/project/electron/services/records/records.store.ts';

ruleTester.run('sql-in-store', sqlInStore, {
  valid: [
    { name: 'the store', code: "db.prepare('SELECT 1'); db.pragma('user_version'); db.exec('BEGIN');", filename: '/project/electron/store/open.ts' },
    { name: "a domain's own store file", code: "db.prepare('SELECT 1')", filename: domainStore },
    { name: 'a regular expression', code: "const m = /a/.exec('update'); pattern.exec(text);", filename: service },
    { name: 'a child process', code: "child.exec('ls -l'); child.exec('create-installer'); exec('delete me');", filename: service },
    { name: 'a contract method called prepare', code: "core.signing.prepare({ id: 'x' })", filename: service },
    { name: 'a free function', code: 'preparePdf(file); prepare(file);', filename: service },
  ],
  invalid: [
    { code: "db.prepare('SELECT 1').get()", filename: service, errors: [{ messageId: 'elsewhere', data: { name: 'prepare' } }] },
    { code: 'this.db!.prepare(text)', filename: service, errors: [{ messageId: 'elsewhere' }] },
    { code: "db?.['prepare'](text)", filename: service, errors: [{ messageId: 'elsewhere' }] },
    { code: "(db as Database).pragma('foreign_keys = OFF')", filename: service, errors: [{ messageId: 'elsewhere', data: { name: 'pragma' } }] },
    { code: "db.exec('delete from register')", filename: service, errors: [{ messageId: 'elsewhere', data: { name: 'exec' } }] },
    { code: 'db.exec(`\n  -- tidy\n  CREATE TABLE t (a TEXT) STRICT`)', filename: service, errors: [{ messageId: 'elsewhere' }] },
  ],
});

ruleTester.run('sql-bind-only', sqlBindOnly, {
  valid: [
    { name: 'a template', code: "import { all } from '../../store/index.ts'; all(db, sql`SELECT ${id}`)", filename: domainStore },
    { name: 'a named statement', code: "import { one } from '../../store/db.ts'; one(db, byId)", filename: domainStore },
    { name: 'a pattern joined as a bound value', code: "import { all } from '../../store/index.ts'; all(db, sql`x LIKE ${'%' + word + '%'}`)", filename: domainStore },
    { name: "another module's run", code: "import { run } from './steps.ts'; run(db, 'SELECT 1'); all(db, 'x');", filename: domainStore },
  ],
  invalid: [
    { code: "import { all } from '../../store/index.ts'; all(db, 'SELECT 1')", filename: domainStore, errors: [{ messageId: 'text', data: { name: 'all' } }] },
    { code: "import { run as write } from '../../store/db.ts'; write(db, `DELETE FROM t WHERE id = ${id}`)", filename: domainStore, errors: [{ messageId: 'text', data: { name: 'run' } }] },
    { code: "import * as store from '../../store/index.ts'; store.one(db, 'SELECT ' + column)", filename: domainStore, errors: [{ messageId: 'text' }] },
    { code: "import { changeOne } from '../../store/index.ts'; changeOne(db, 'UPDATE t SET a = 1' as unknown as Sql)", filename: domainStore, errors: [{ messageId: 'text' }] },
    { code: "import { all } from './db.ts'; all(db, fast ? sql`SELECT 1` : `SELECT 2`)", filename: '/project/electron/store/backup.ts', errors: [{ messageId: 'text' }] },
  ],
});

ruleTester.run('no-outbox-delete', noOutboxDelete, {
  valid: [
    { code: "run(db, sql`UPDATE outbox SET state = 'attention' WHERE id = ${id}`)" },
    { code: 'run(db, sql`DELETE FROM outbox_attempts WHERE id = ${id}`)' },
    { code: 'run(db, sql`DELETE FROM search_index`)' },
  ],
  invalid: [
    { code: 'run(db, sql`DELETE FROM outbox WHERE id = ${id}`)', errors: [{ messageId: 'deletes' }] },
    { code: "const text = 'delete\\n from outbox'", errors: 1 },
    { code: 'db.exec(`delete\n  from main."outbox"`)', errors: [{ messageId: 'deletes' }] },
  ],
});
