package io.tickethub.connector;

import io.tickethub.connector.camel.RouteState;
import java.time.Instant;

/**
 * What a person wants of a route that does not simply run.
 *
 * @param state never started: such a route has no order
 * @param last the last delivery that waited when a drain was ordered
 */
public record RouteOrder(
    String connector,
    String route,
    RouteState state,
    String reason,
    String by,
    Instant at,
    long last) {}
