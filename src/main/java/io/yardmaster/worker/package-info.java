/**
 * The worker process: takes offers from the servers, executes each attempt under a guardian, and keeps what an attempt
 * printed and how it ended on disk until a server has acknowledged it.
 */
package io.yardmaster.worker;
