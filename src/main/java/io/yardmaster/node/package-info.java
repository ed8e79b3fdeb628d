/** Worker machines: what an operator says of them ({@code node}) and each life of their process ({@code node_session}). */
package io.yardmaster.node;
