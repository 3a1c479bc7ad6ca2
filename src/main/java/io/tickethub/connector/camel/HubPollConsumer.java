package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.journal.ChannelCursors;
import io.tickethub.mapping.PageCursor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pages fetched, one after another. A page's cursor is kept once all of the page is safe: who
 * dies before fetches it again, and the ledger knows its records.
 *
 * <p>The route finds the query in the variable {@code hubQuery}.
 */
final class HubPollConsumer extends ScheduledPollConsumer {

  /** The cursor a page was fetched with. */
  static final String CURSOR = "hubCursor";

  /** The {@link PageCursor.Next} of a page that is safe. */
  static final String NEXT = "hubNextPage";

  private static final String QUERY = "hubQuery";

  private static final Logger LOG = LoggerFactory.getLogger(HubPollConsumer.class);

  private final HubPollEndpoint endpoint;
  private final ConnectorManifest.Poll form;
  private final ChannelCursors cursors;

  HubPollConsumer(HubPollEndpoint endpoint, Processor processor, ChannelCursors cursors) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.form = endpoint.polling().form();
    this.cursors = cursors;
    setExceptionHandler(new OneLine());
  }

  /** What kept the hub from asking at all; the next poll asks again. */
  private final class OneLine implements ExceptionHandler {
    @Override
    public void handleException(Throwable e) {
      handleException(null, e);
    }

    @Override
    public void handleException(String message, Throwable e) {
      handleException(message, null, e);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable e) {
      LOG.warn(
          "{}/{}: not polled: {}",
          endpoint.connector(),
          endpoint.channel(),
          FailureClassifier.describe(e));
    }
  }

  @Override
  protected int poll() throws Exception {
    boolean more = true;
    int pages = 0;
    while (more && pages < form.pages() && isRunAllowed() && !isSuspendingOrSuspended()) {
      more = fetch();
      pages++;
    }
    return pages;
  }

  private boolean fetch() throws Exception {
    String kept = cursors.find(endpoint.connector(), endpoint.channel()).orElse(null);
    String current = kept == null ? form.start() : kept;
    PageCursor.Next next = page(current);
    if (next == null || next.cursor() == null || next.cursor().equals(kept)) {
      return false;
    }
    boolean moved = cursors.move(endpoint.connector(), endpoint.channel(), kept, next.cursor());
    return moved && next.more();
  }

  /** Null if the page was not had, which {@link PollingFailures} tells, or has no cursor. */
  private PageCursor.Next page(String current) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.setVariable(CURSOR, current);
      exchange.setVariable(QUERY, query(current));
      endpoint
          .polling()
          .apiKey()
          .ifPresent(key -> key.shown().forEach(exchange.getMessage()::setHeader));
      getProcessor().process(exchange);
      return exchange.isFailed() ? null : exchange.getVariable(NEXT, PageCursor.Next.class);
    } finally {
      releaseExchange(exchange, false);
    }
  }

  /** The cursor comes from outside: it is a value of the query, and nothing more. */
  private String query(String cursor) {
    String own =
        cursor == null || form.parameter() == null
            ? ""
            : "%s=%s"
                .formatted(
                    URLEncoder.encode(form.parameter(), StandardCharsets.UTF_8),
                    URLEncoder.encode(cursor, StandardCharsets.UTF_8).replace("+", "%20"));
    return Stream.of(endpoint.query(), own)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("&"));
  }
}
