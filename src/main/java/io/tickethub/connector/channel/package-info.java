/**
 * From received bytes to a receipt: checks, understands, and puts into the intake queue. Knows no
 * Camel.
 */
package io.tickethub.connector.channel;
