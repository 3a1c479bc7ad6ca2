package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.InboundChannel;

/** Who sends to a channel, by where its route begins. */
final class Senders {

  private Senders() {}

  static Sender of(Stage stage, InboundChannel channel, HubHolder hub) {
    Place place = stage.survey().sources().get(channel.name());
    if (place == null) {
      return unknown("no route from outside leads to hub:in/" + channel.name());
    }
    return switch (place.scheme()) {
      case "servlet" -> new WebSender(hub, place.address(), channel, stage);
      case "http", "https" -> new PageSender(stage.webSystem().pages(), place);
      case "jms" ->
          place.address().startsWith("topic:")
              ? unknown("the suite has no topics")
              : new QueueSender(
                  stage.queues(hub),
                  place.address().replaceFirst("^queue:", ""),
                  channel.form().charset());
      default ->
          stage
              .fileServer(place)
              .<Sender>map(server -> new FileSender(server, place))
              .orElseGet(() -> unknown("the suite has no server for " + place.scheme()));
    };
  }

  private static Sender unknown(String why) {
    return (body, properties) -> {
      throw new NotApplicableException(why);
    };
  }
}
