package io.tickethub.connector.channel;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketJson;
import java.util.Collections;
import java.util.Map;

/**
 * Tickets' content as mappings see it, made once for all systems that are told of it. Thread-safe.
 */
public final class ContentTrees {

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final int MOST = 1_000;

  private final JsonMapper json = TicketJson.mapper();

  /** Weak keys are compared by identity, which is cheap, and content never changes. */
  private final Cache<TicketContent, Map<String, Object>> trees =
      Caffeine.newBuilder().weakKeys().maximumSize(MOST).build();

  Map<String, Object> of(TicketContent content) {
    return trees.get(content, any -> Collections.unmodifiableMap(json.convertValue(content, TREE)));
  }
}
