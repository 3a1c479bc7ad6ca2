/**
 * Decides who works on a ticket, who may say what of it, and which systems must know: rules as data
 * from {@code routes/}, and an explanation of each decision. Uses the ticket and product packages.
 */
package io.tickethub.routing;
