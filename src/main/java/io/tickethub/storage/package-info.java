/**
 * PostgreSQL, embedded or external, its schema and its connections. Uses the privacy package for
 * its password.
 */
package io.tickethub.storage;
