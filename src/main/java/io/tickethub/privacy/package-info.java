/**
 * Keeps personal data from whoever has no right to it: bodies encrypted at rest, masks everywhere
 * else. Uses nothing.
 */
package io.tickethub.privacy;
