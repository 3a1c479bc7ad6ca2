/**
 * What a connector's folder says: its manifest, and its channels compiled from schemas, mappings
 * and code tables. Knows no Camel.
 */
package io.tickethub.connector.folder;
