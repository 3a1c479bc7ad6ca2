/**
 * Compares what each system believes of tickets with what the hub believes, says who is right and
 * why, and repairs by the rules or as a person decides. Runs live in the database and go on after a
 * crash. Uses the packages of the domain and the connectors; only the command line and the api use
 * it.
 */
package io.tickethub.reconcile;
