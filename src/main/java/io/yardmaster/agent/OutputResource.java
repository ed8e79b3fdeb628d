package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.PastHolders;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.output.OutputChunk;
import io.yardmaster.output.OutputStore;
import io.yardmaster.protocol.OutputRequest;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeOnly;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what tasks print. Of attempts that never were the node's nothing is stored. */
@Path("/agent/v1/sessions")
@Consumes(MediaType.APPLICATION_JSON)
public final class OutputResource {
    private static final Logger LOG = LoggerFactory.getLogger(OutputResource.class);
    private static final int MOST_CHUNKS = 2000;
    private static final int LARGEST_CHUNK = 256 << 10;
    private static final long LARGEST_BATCH = 4 << 20;

    private final Database database;
    private final OutputStore store;

    OutputResource(Database database, OutputStore store) {
        this.database = database;
        this.store = store;
    }

    @POST
    @Path("{session: [0-9]{1,18}}/output")
    @NodeOnly
    public void append(OutputRequest request, @Context NodeCaller caller) {
        Checks.size("chunks", request.chunks(), MOST_CHUNKS);
        List<OutputChunk> chunks =
                request.chunks().stream().map(OutputResource::chunk).toList();
        long bytes = chunks.stream().mapToLong(chunk -> chunk.bytes().length).sum();
        if (bytes > LARGEST_BATCH) {
            throw new Invalid("chunks", bytes + " bytes", "invalid.batch", LARGEST_BATCH);
        }
        database.useTransaction(transaction -> append(transaction, caller.node(), chunks));
    }

    private void append(Transaction transaction, long node, List<OutputChunk> chunks) {
        Set<RunEpoch> own = PastHolders.held(
                transaction, node, chunks.stream().map(OutputResource::ref).toList());
        List<OutputChunk> good =
                chunks.stream().filter(chunk -> own.contains(ref(chunk))).toList();
        if (good.size() < chunks.size()) {
            LOG.info("node {} sent {} chunks of output that are not its own", node, chunks.size() - good.size());
        }
        store.append(transaction, OutputLimits.of(transaction, good).cut(good));
    }

    private static RunEpoch ref(OutputChunk chunk) {
        return new RunEpoch(chunk.run(), chunk.epoch());
    }

    private static OutputChunk chunk(OutputRequest.Chunk chunk) {
        if (chunk == null) {
            throw new Invalid("chunks", null, "invalid.null-element");
        }
        RunEpoch ref = Refs.read("chunks.ref", chunk.ref());
        byte[] bytes = chunk.bytes() == null ? new byte[0] : chunk.bytes();
        Invalid.Problems problems = new Invalid.Problems();
        Checks.range(problems, "chunks.start", chunk.start(), Long.MAX_VALUE / 4);
        Checks.range(problems, "chunks.gap", chunk.gap(), Long.MAX_VALUE / 4);
        Checks.range(problems, "chunks.bytes", bytes.length, LARGEST_CHUNK);
        problems.check(bytes.length > 0 != chunk.gap() > 0, "chunks", ref.run(), "invalid.chunk");
        problems.throwIfAny();
        return new OutputChunk(ref.run(), ref.epoch(), chunk.start(), bytes, chunk.gap());
    }
}
