/**
 * Bytes to changes and events to bytes, as declarative files say: charsets, formats, schemas,
 * JSONata mappings, code tables. Uses the ticket package only; knows nothing of protocols, queues
 * or databases.
 */
package io.tickethub.mapping;
