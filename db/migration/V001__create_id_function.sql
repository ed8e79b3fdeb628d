-- Ids are 64-bit and rise with time: 41 bits of milliseconds since 2025-01-01 UTC, then 22 bits of a sequence.
-- So a range of time is a range of ids, which is what history is partitioned by.
CREATE SEQUENCE id_sequence AS bigint CYCLE MINVALUE 0 MAXVALUE 4194303;

CREATE FUNCTION id_floor(instant timestamptz) RETURNS bigint
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (floor(extract(epoch FROM instant) * 1000)::bigint - 1735689600000) << 22;

CREATE FUNCTION id_instant(id bigint) RETURNS timestamptz
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN to_timestamp(((id >> 22) + 1735689600000) / 1000.0);

CREATE FUNCTION next_id() RETURNS bigint
    LANGUAGE sql VOLATILE
    RETURN id_floor(clock_timestamp()) | nextval('id_sequence');
