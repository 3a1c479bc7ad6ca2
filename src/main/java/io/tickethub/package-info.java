/**
 * Puts the parts of the hub together and starts them. Uses all packages; no package uses it but the
 * command line.
 */
package io.tickethub;
