-- What an attempt printed: bytes [start_byte, start_byte + length(bytes)) of its output. A gap says how many bytes were left out.
CREATE TABLE output_chunk (
    run_id     bigint NOT NULL,
    epoch      bigint NOT NULL,
    start_byte bigint NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    bytes      bytea NOT NULL,
    gap_bytes  bigint NOT NULL DEFAULT 0,
    CONSTRAINT output_chunk_pkey PRIMARY KEY (run_id, epoch, start_byte),
    CONSTRAINT output_chunk_start_not_negative CHECK (start_byte >= 0),
    CONSTRAINT output_chunk_size CHECK (length(bytes) <= 1048576),
    CONSTRAINT output_chunk_bytes_or_gap CHECK ((length(bytes) > 0) <> (gap_bytes > 0))
) PARTITION BY RANGE (run_id);
ALTER TABLE output_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
