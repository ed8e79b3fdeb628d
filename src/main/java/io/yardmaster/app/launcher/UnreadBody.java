package io.yardmaster.app.launcher;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Ends the connection of a request that was answered before its body was read, as one that was refused. Tomcat would wait
 * for the rest, with the thread that answered, for as long as a byte of it comes now and then.
 */
final class UnreadBody extends ValveBase {
    UnreadBody() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!request.isAsync() && !request.isFinished()) {
            readWhatIsHere(request);
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** A client whose bytes were not read sees its connection break, and perhaps no answer. */
    private static void readWhatIsHere(Request request) throws IOException {
        if (request.getContentLengthLong() > 0 && request.getCoyoteRequest().getReadListener() == null) {
            InputStream in = request.getInputStream();
            byte[] piece = new byte[8192];
            while (in.available() > 0 && in.read(piece) > 0) {
                // nobody wants it
            }
        }
    }
}
