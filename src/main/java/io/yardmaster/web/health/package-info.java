/** Whether this server lives and can serve. */
package io.yardmaster.web.health;
