/**
 * Schemas inferred from messages: what all of them keep to. Uses {@code mapping} to hold the
 * messages to them.
 */
package io.tickethub.kit.scaffold.schema;
