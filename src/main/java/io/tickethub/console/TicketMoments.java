package io.tickethub.console;

import io.tickethub.api.MessageController;
import io.tickethub.api.TicketView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A ticket's time line across all systems. */
public final class TicketMoments {

  private TicketMoments() {}

  /**
   * One moment.
   *
   * @param message that came in; null if none did, or it is there already
   * @param event what it did to the ticket; null if it did nothing
   * @param deliveries who was told of the event
   */
  public record Moment(
      Instant at,
      MessageController.View message,
      TicketView.Event event,
      List<TicketView.Delivery> deliveries) {}

  static List<Moment> of(TicketView view, List<MessageController.View> messages) {
    Map<String, MessageController.View> unseen = new LinkedHashMap<>();
    messages.forEach(message -> unseen.put(message.id(), message));
    Set<Integer> sequences = new HashSet<>();
    List<Moment> moments = new ArrayList<>();
    for (TicketView.Event event : view.events()) {
      sequences.add(event.sequence());
      moments.add(
          new Moment(
              event.recordedAt(),
              unseen.remove(event.message()),
              event,
              view.deliveries().stream()
                  .filter(delivery -> delivery.sequence() == event.sequence())
                  .toList()));
    }
    unseen
        .values()
        .forEach(
            message -> moments.add(new Moment(message.receivedAt(), message, null, List.of())));
    moments.sort(Comparator.comparing(Moment::at));
    List<TicketView.Delivery> others =
        view.deliveries().stream()
            .filter(delivery -> !sequences.contains(delivery.sequence()))
            .toList();
    if (!others.isEmpty()) {
      moments.add(new Moment(others.get(0).due(), null, null, others));
    }
    return moments;
  }
}
