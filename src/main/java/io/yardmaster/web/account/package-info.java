/** Pages about accounts: the first one, signing in and out, one's own profile and tokens, and the administration of all. */
package io.yardmaster.web.account;
