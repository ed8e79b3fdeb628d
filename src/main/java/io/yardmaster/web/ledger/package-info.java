/** The ledger: whether every instant of every schedule is accounted for. */
package io.yardmaster.web.ledger;
