/**
 * The connectors that are there: found, checked, started, stopped; their health. Uses all packages
 * of the domain.
 */
package io.tickethub.connector;
