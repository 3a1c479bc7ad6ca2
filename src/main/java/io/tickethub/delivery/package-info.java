/**
 * Tells systems what they must know: in order for each ticket and system, with retries, breakers,
 * rate limits, dead letters and replay. Knows no protocol: an {@link io.tickethub.delivery.Outlet}
 * does. Uses the ticket and journal packages.
 */
package io.tickethub.delivery;
