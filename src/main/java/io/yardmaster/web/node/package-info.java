/** The pages of the worker machines: who is there, how loaded, what an operator wants of them. */
package io.yardmaster.web.node;
