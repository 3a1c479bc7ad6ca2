/**
 * Tests of a connector that nobody has to write: its examples, and its contract against real
 * servers of its protocols.
 */
package io.tickethub.kit.contract;
