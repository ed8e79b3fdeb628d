/** Forms as people fill them in, and the amounts that they write. */
package io.yardmaster.web.form;
