/** What all resources of the API share: cursors, queries, entity tags, repeatable requests, and their description. */
package io.yardmaster.web.api;
