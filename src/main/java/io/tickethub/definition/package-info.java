/**
 * Reads the YAML files that people write, and says what is wrong with them, where. Uses no other
 * package of the hub.
 */
package io.tickethub.definition;
