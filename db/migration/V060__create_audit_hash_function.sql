-- The hash of one entry of the audit: over the hash before it, the microsecond of the act and the act's words.
CREATE FUNCTION audit_hash(previous bytea, at timestamptz, words jsonb) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(previous || convert_to((extract(epoch FROM at) * 1000000)::bigint || ' ' || words::text, 'UTF8'));
