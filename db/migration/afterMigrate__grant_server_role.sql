-- The server's role has rows, no tables: it cannot alter the schema, nor what the audit says.
DO $$
BEGIN
    IF '${serverRole}' <> current_user THEN
        GRANT USAGE ON SCHEMA public, quartz TO "${serverRole}";
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, quartz TO "${serverRole}";
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "${serverRole}";
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM "${serverRole}";
        REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM "${serverRole}";
    END IF;
END $$;
