/**
 * The record of what was received and what became of it: messages and their ledger, tickets, their
 * events and their names in every system. Uses the ticket package.
 */
package io.tickethub.journal;
