/**
 * The way in: the durable queue behind every receipt, and the pipeline that applies what comes out
 * of it, a batch in one database transaction. Uses all packages of the domain; knows no protocol.
 */
package io.tickethub.intake;
