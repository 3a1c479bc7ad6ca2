/**
 * Camel on the connectors' behalf: the {@code hub:} component, one context a connector, what may
 * come in by header or file name, and what a failure means.
 */
package io.tickethub.connector.camel;
