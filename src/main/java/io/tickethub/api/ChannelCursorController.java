package io.tickethub.api;

import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.Polling;
import io.tickethub.journal.ChannelCursors;
import io.tickethub.journal.ChannelCursors.Cursor;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far polled systems were read, and back to an earlier place. */
@RestController
@RequestMapping("/api/connectors/{name}/cursors")
class ChannelCursorController {

  private final ChannelCursors cursors;
  private final Connectors connectors;
  private final Audit audit;

  ChannelCursorController(ChannelCursors cursors, Connectors connectors, Audit audit) {
    this.cursors = cursors;
    this.connectors = connectors;
    this.audit = audit;
  }

  @GetMapping
  List<Cursor> all(@PathVariable String name) {
    return cursors.of(name);
  }

  /**
   * What was changed.
   *
   * @param before null where the channel was not read yet
   * @param after null where it is read from its start again
   */
  record Moved(String channel, String before, String after) {}

  /** Without {@code value} the channel is read from its start again. */
  @PostMapping("/{channel}")
  Moved set(
      @PathVariable String name,
      @PathVariable String channel,
      @RequestParam Optional<String> value,
      @RequestParam(defaultValue = "no reason given") String reason,
      Principal who) {
    Right.CONFIGURE.require(who, name);
    if (value.isPresent() && !isPolled(name, channel)) {
      throw new NotFoundException(
          "no running connector '%s' polls a channel '%s' with a cursor".formatted(name, channel));
    }
    Optional<String> before = cursors.set(name, channel, value);
    if (before.isEmpty() && value.isEmpty()) {
      throw new NotFoundException(
          "channel '%s' of connector '%s' has no cursor".formatted(channel, name));
    }
    audit.record(
        who.getName(),
        "cursor",
        name + "/" + channel,
        "from %s to %s: %s"
            .formatted(before.orElse("its start"), value.orElse("its start"), reason));
    return new Moved(channel, before.orElse(null), value.orElse(null));
  }

  private boolean isPolled(String name, String channel) {
    return connectors
        .definition(name)
        .map(definition -> definition.inbound().get(channel))
        .flatMap(InboundChannel::polling)
        .flatMap(Polling::cursor)
        .isPresent();
  }
}
