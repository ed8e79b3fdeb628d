/** Who may do what: accounts, roles per namespace, web sessions, API tokens, one-time codes, and the rule of each route. */
package io.yardmaster.security;
