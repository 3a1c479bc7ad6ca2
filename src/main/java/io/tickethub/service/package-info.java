/**
 * The time a ticket may take: limits as data, working calendars, and what a ticket's history comes
 * to by them. Pure computation. Uses the ticket, product and definition packages.
 */
package io.tickethub.service;
