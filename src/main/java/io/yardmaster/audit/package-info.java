/** Who changed what: an append-only, hash-chained record that is written in the transaction of the change itself. */
package io.yardmaster.audit;
