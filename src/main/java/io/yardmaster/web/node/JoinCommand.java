package io.yardmaster.web.node;

import java.net.URI;

/** The command that starts a worker and lets it join; whoever composes the server knows what else it must say. */
@FunctionalInterface
public interface JoinCommand {
    /** What suits a server that a worker trusts without further ado. */
    JoinCommand PLAIN = (server, code) ->
            "java -jar yardmaster.war worker --worker.servers=" + server + " --worker.join-code=" + code;

    /**
     * One line for a shell.
     *
     * @param server URL of the console as its reader reached it, without a slash at the end
     * @param code the one-time join code
     */
    String of(URI server, String code);
}
