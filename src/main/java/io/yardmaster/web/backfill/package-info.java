/** Backfills: runs of a job for past instants. */
package io.yardmaster.web.backfill;
