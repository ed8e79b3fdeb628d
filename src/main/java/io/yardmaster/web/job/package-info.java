/** Pages and API of jobs: what to run, when, and what came of it. */
package io.yardmaster.web.job;
