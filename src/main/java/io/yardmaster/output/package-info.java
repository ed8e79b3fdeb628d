/** What a run printed: appended in chunks by its node, read in pages by byte offset. */
package io.yardmaster.output;
