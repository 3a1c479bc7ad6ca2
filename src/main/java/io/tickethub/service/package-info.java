/** The time a ticket may take. Uses the ticket and product packages. */
package io.tickethub.service;
