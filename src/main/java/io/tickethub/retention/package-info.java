/**
 * Lets go of what has expired, in small steps, on one node at a time; what may go is known to
 * whoever owns it. May use storage.
 */
package io.tickethub.retention;
