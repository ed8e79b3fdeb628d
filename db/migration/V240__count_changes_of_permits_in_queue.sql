-- How often a job of the queue was given other permits: a birth that read its jobs before such a change and came to hold the
-- queue after it sees two numbers, and is begun again. It holds the queue anyway; holding thousands of jobs would cost it more.
ALTER TABLE queue ADD COLUMN permits_changed bigint NOT NULL DEFAULT 0;

-- True; if not, the transaction is a serialisation failure, which whoever opened it tries again.
CREATE FUNCTION insist_same(seen bigint, held bigint) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
    IF seen IS DISTINCT FROM held THEN
        RAISE EXCEPTION 'changed from % to % meanwhile', seen, held USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN true;
END
$$;
