/** Definitions as documents: read from YAML or JSON, applied whole or not at all, and written in one canonical form. */
package io.yardmaster.web.definition;
