/**
 * The server's side of the protocol between worker and server. A node sees and changes only runs that it holds; every
 * field of every message is checked before anything is stored.
 */
package io.yardmaster.agent;
