/** What runs of different jobs share: locks, who has them and who waits for them, in what order, and under which token. */
package io.yardmaster.lock;
