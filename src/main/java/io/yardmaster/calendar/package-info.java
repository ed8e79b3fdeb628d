/** Business calendars: which days work and which hours are blacked out. */
package io.yardmaster.calendar;
