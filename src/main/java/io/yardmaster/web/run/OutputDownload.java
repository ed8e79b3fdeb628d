package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.output.OutputPage;
import io.yardmaster.output.OutputPiece;
import io.yardmaster.output.OutputPiece.Gap;
import io.yardmaster.output.OutputPiece.Printed;
import io.yardmaster.output.OutputPiece.Reason;
import io.yardmaster.output.OutputReader;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** The bytes that an attempt printed, as they are, to be kept as a file and never shown. */
@Path("runs/{run: [0-9]{1,19}}/output/{epoch: [0-9]{1,17}}")
public final class OutputDownload {
    /** Read in one go, so that no transaction lasts as long as a slow reader. */
    private static final int PIECE = 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final Database database;
    private final RunActions actions;

    public OutputDownload(Database database, RunActions actions) {
        this.database = database;
        this.actions = actions;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public Response download(@Context Caller caller, @PathParam("run") String id, @PathParam("epoch") long epoch) {
        Run run = find(caller, id, epoch);
        return attached(
                out -> copy(run.id(), epoch, out), MediaType.APPLICATION_OCTET_STREAM, run.id(), epoch + ".log");
    }

    /** The same, compressed (RFC 1952). */
    @GET
    @Path("gzip")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public Response compressed(@Context Caller caller, @PathParam("run") String id, @PathParam("epoch") long epoch) {
        Run run = find(caller, id, epoch);
        StreamingOutput body = out -> {
            try (GZIPOutputStream zipped = new GZIPOutputStream(out, BUFFER)) {
                copy(run.id(), epoch, zipped);
            }
        };
        return attached(body, "application/gzip", run.id(), epoch + ".log.gz");
    }

    private Run find(Caller caller, String id, long epoch) {
        Run run = database.inTransaction(
                transaction -> actions.find(transaction, RunPages.number(id), Permission.VIEW, caller));
        OutputPlace.insist(run, epoch);
        return run;
    }

    private static Response attached(StreamingOutput body, String type, long run, String name) {
        return Response.ok(body, type)
                .header("Content-Disposition", "attachment; filename=\"run-" + run + "-" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private void copy(long run, long epoch, OutputStream out) throws IOException {
        OutputReader output = new OutputReader();
        OutputPage page;
        for (long at = 0; ; at = page.next()) {
            long from = at;
            page = database.inTransaction(transaction -> output.page(transaction, run, epoch, from, PIECE));
            for (OutputPiece piece : page.pieces()) {
                out.write(piece instanceof Printed printed ? printed.bytes() : mark((Gap) piece));
            }
            if (page.isLast() || page.pieces().isEmpty()) {
                return;
            }
        }
    }

    private static byte[] mark(Gap gap) {
        String why = gap.reason() == Reason.LEFT_OUT ? "left out" : "missing";
        return ("\n[yardmaster: " + gap.length() + " bytes " + why + "]\n").getBytes(StandardCharsets.UTF_8);
    }
}
