/** Pages and API of business calendars: which days work, and which coming fires a change would move. */
package io.yardmaster.web.calendar;
