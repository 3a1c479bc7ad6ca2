/**
 * Gives systems files of what happened to tickets by the clock, without personal data: numbered,
 * each beginning where the one before ended. Uses the packages of the domain and the connectors;
 * only the kit uses it, to try connectors.
 */
package io.tickethub.export;
