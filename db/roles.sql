-- Run once by a database administrator, as a superuser, before the first start on a PostgreSQL of your own:
--   psql -v owner_password=… -v server_password=… -v reader_password=… -f db/roles.sql
-- Then: database.owner.user=yardmaster_owner, database.user=yardmaster_server, each with its password.

-- owns the schema and migrates it
CREATE ROLE yardmaster_owner LOGIN PASSWORD :'owner_password';
-- what servers work as: rows, no tables
CREATE ROLE yardmaster_server LOGIN PASSWORD :'server_password';
-- for people and reports: reads only
CREATE ROLE yardmaster_reader LOGIN PASSWORD :'reader_password';

-- no transaction outlives five seconds, so a server that freezes in the middle of one holds nobody up
ALTER ROLE yardmaster_server SET statement_timeout = '5s';
ALTER ROLE yardmaster_server SET lock_timeout = '2s';
ALTER ROLE yardmaster_server SET idle_in_transaction_session_timeout = '5s';

CREATE DATABASE yardmaster OWNER yardmaster_owner;
\connect yardmaster
GRANT CONNECT ON DATABASE yardmaster TO yardmaster_server, yardmaster_reader;
