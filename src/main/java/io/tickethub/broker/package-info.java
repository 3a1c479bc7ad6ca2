/** Artemis, embedded or external, and the connections to it. Uses no other package of the hub. */
package io.tickethub.broker;
