/**
 * The messages between worker and server, JSON over HTTP(S) below {@code /agent/v1}. The worker dials; the server never
 * does. Run and session ids are strings, since 64 bits do not fit every JSON reader. Credentials travel as
 * {@code Authorization: Bearer}. An answer 401 means that the node is unknown or revoked, 410 that the session is no
 * longer live: the worker then kills everything it holds and registers anew.
 */
package io.yardmaster.protocol;
