/**
 * The composition roots: settings, the commands of the command line, the server as a web application in any container
 * and the demonstration. Everything is put together here by hand, and nothing else knows how.
 */
package io.yardmaster.app;
