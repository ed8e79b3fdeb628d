/** The first page: how the yard is doing now. */
package io.yardmaster.web.dashboard;
