/**
 * The messages between worker and server, JSON over HTTP(S) below {@code /agent/v1}, and the client that the worker
 * sends them with. The worker dials; the server never does. Run and session ids are strings, since 64 bits do not fit
 * every JSON reader. Credentials travel as {@code Authorization: Bearer}. An answer 401 means that the node is unknown
 * or revoked, 410 that the session is no longer live: the worker then kills everything it holds and registers anew. A
 * worker that is being stopped and holds nothing any more ends its session with
 * {@code DELETE /agent/v1/sessions/{session}}, answered 204; what the server still counts as held by it is lost. Unknown
 * fields of a message are ignored on both sides, so that versions can be mixed during an upgrade.
 */
package io.yardmaster.protocol;
