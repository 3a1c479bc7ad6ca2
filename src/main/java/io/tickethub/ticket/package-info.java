/**
 * The canonical ticket: its content, its life, the changes that systems ask for and the events they
 * leave. Pure values and rules; it uses no other package of the hub.
 */
package io.tickethub.ticket;
