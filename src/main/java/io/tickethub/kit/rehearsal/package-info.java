/**
 * The dry run on history: what a changed connector would make of the messages that are stored, and
 * how that differs from what the running one makes of them. Nothing is written and nothing sent.
 */
package io.tickethub.kit.rehearsal;
