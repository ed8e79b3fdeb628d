/** The runs, waiting, running and ended: their pages, what they printed, and what can be done about them. */
package io.yardmaster.web.run;
