/**
 * Tries a message on a connector's folder without a running hub: decoded, parsed, validated,
 * mapped, what the ticket would become, and what would be sent to whom and why. Also says of a
 * message that a hub has kept how far it comes. Only {@link TrialText} prints.
 */
package io.tickethub.kit.trial;
