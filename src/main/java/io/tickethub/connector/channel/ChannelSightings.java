package io.tickethub.connector.channel;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When something last came by each channel of this node. Thread-safe. */
public final class ChannelSightings {

  private final Map<Channel, Instant> seen = new ConcurrentHashMap<>();

  /** One way in. */
  public record Channel(String connector, String channel) {

    @Override
    public String toString() {
      return connector + "/" + channel;
    }
  }

  /** Something came from whom it should come. */
  void saw(String connector, String channel, Instant at) {
    seen.put(new Channel(connector, channel), at);
  }

  /** What was seen since this was last asked. */
  public Map<Channel, Instant> take() {
    Map<Channel, Instant> taken = new HashMap<>();
    for (Channel channel : seen.keySet()) {
      Instant at = seen.remove(channel);
      if (at != null) {
        taken.put(channel, at);
      }
    }
    return taken;
  }
}
