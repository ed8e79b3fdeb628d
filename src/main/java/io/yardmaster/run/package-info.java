/** One execution: its states, attempts, cause and result, from birth to history, and who is told of its end. */
package io.yardmaster.run;
