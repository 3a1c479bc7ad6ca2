package io.tickethub.connector.folder;

import io.tickethub.connector.proof.ApiKey;
import io.tickethub.mapping.PageCursor;
import java.util.Optional;

/**
 * How a channel's system is asked for news, ready for use.
 *
 * @param form what the manifest says of it
 * @param cursor finds the cursor of the next page; empty where everything is fetched each time
 * @param apiKey what the hub shows; empty for nothing
 */
public record Polling(
    ConnectorManifest.Poll form, Optional<PageCursor> cursor, Optional<ApiKey> apiKey) {}
