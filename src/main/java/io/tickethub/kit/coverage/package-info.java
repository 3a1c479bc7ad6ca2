/**
 * What a connector's mappings leave aside: source fields they never read, codes their tables do not
 * hold, and entries of tables that no sample uses. Prints nothing.
 */
package io.tickethub.kit.coverage;
