/** The forecast: what is going to fire, and where too much does at once. */
package io.yardmaster.web.forecast;
