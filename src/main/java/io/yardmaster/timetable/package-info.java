/**
 * When things happen: from an expression, a zone and rules for clock changes to instants. Pure functions: no clock, no
 * database, the same answer on every server, so that what a preview shows is what will be fired.
 */
package io.yardmaster.timetable;
