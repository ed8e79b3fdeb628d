/**
 * Schedules bind jobs to timetables and are fired from here: the ledger that makes a second fire impossible, the
 * reconciler that makes a lost one impossible, and Quartz as the alarm clock of both. The only package that uses Quartz's
 * scheduler.
 */
package io.yardmaster.trigger;
