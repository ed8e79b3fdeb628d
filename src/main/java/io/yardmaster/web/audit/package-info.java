/** The page that shows who changed what. */
package io.yardmaster.web.audit;
