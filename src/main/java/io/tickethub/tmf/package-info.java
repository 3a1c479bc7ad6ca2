/**
 * The TMF621 Trouble Ticket API, v4 and v5: the canonical ticket as a trouble ticket, its changes
 * as messages of the caller's system, and notifications. Uses the domain, the intake and the
 * connectors' proofs; nobody uses it.
 */
package io.tickethub.tmf;
