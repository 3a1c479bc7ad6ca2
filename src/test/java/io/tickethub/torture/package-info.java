/**
 * {@code ./hub torture}: the hub's promises against crashes, outages and bad input, with an auditor
 * who knows only what was received and what took effect.
 */
package io.tickethub.torture;
