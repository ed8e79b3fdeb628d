-- The server's role has rows, no tables: it cannot alter the schema, nor what the audit says. Where one role is both
-- owner and server, it at least gets the limits that keep a frozen server from holding the others up; for a role of its
-- own, db/roles.sql sets them. The reader, where there is one, sees everything but secrets.
DO $$
BEGIN
    IF '${serverRole}' <> current_user THEN
        GRANT USAGE ON SCHEMA public, quartz TO "${serverRole}";
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, quartz TO "${serverRole}";
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "${serverRole}";
        GRANT UPDATE ON SEQUENCE ready_generation_sequence TO "${serverRole}";
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM "${serverRole}";
        REVOKE INSERT, DELETE, TRUNCATE ON audit_head FROM "${serverRole}";
        REVOKE UPDATE, DELETE, TRUNCATE ON calendar_version FROM "${serverRole}";
        REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM "${serverRole}";
    ELSE
        ALTER ROLE CURRENT_USER SET statement_timeout = '5s';
        ALTER ROLE CURRENT_USER SET lock_timeout = '2s';
        ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = '5s';
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'yardmaster_reader') THEN
        GRANT USAGE ON SCHEMA public TO yardmaster_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO yardmaster_reader;
        -- whatever one could sign in with, hashed or not
        REVOKE SELECT ON account, web_session, api_token, one_time_code, sign_in_failure, node FROM yardmaster_reader;
        GRANT SELECT (id, name, description, slots, weight, state, labels, max_cpu, max_memory, min_disk_free, warm_up_seconds,
            revoked_at, archived_at, created_at, updated_at)
            ON node TO yardmaster_reader;
    END IF;
END $$;
