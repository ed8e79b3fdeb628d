/** Pages and API of locks. */
package io.yardmaster.web.lock;
