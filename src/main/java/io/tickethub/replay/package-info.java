/**
 * What people do with dead letters: jobs that replay or discard many of them, step by step, and
 * messages that are mended and sent in again. Jobs live in the database and go on after a crash.
 */
package io.tickethub.replay;
