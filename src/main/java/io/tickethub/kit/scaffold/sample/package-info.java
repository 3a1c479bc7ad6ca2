/**
 * What samples tell of a system: charset, format, fields, their types, and what they may mean for
 * the canonical ticket.
 */
package io.tickethub.kit.scaffold.sample;
