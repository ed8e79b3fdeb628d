/**
 * The one shared state: pool, transactions, migration, partitions, notifications and the embedded PostgreSQL. Every
 * other package reaches the database through {@link io.yardmaster.database.Database} and opens no connection of its own.
 */
package io.yardmaster.database;
