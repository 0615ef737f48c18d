-- Once, as a superuser:  psql -f roles.sql
-- Then give both roles a password:  \password inspection_owner   \password inspection_app
--
-- inspection_owner owns the tables and changes their shape (flask db upgrade, flask backup restore).
-- inspection_app runs the program. It can change no table's shape and, after grants.sql, nothing in the journal.
CREATE ROLE inspection_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE inspection_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE inspection OWNER inspection_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE CONNECT, TEMPORARY ON DATABASE inspection FROM PUBLIC;
GRANT CONNECT ON DATABASE inspection TO inspection_app;
