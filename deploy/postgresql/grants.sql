-- After every flask db upgrade, as inspection_owner:  psql -d inspection -f grants.sql
-- The program may add to the journal and read it. To change or remove an entry it has no right at all, and triggers
-- refuse it to everybody else (flask journal verify tells of whoever drops those). Schema journal_partitions, where the
-- entries lie, is the owner's alone: the program comes to them by the table journal_entry.
BEGIN;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO inspection_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO inspection_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO inspection_app;
REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry, journal_checkpoint FROM inspection_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM inspection_app;
COMMIT;
