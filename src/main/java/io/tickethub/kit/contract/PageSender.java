package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import java.util.Map;

/** Lets the hub find messages where it asks for news. */
final class PageSender implements Sender {

  private final Pages pages;
  private final String path;

  PageSender(Pages pages, Place place) {
    this.pages = pages;
    this.path = "/" + Stage.directory(place);
  }

  @Override
  public Told send(byte[] body, Map<String, String> properties) {
    pages.put(path, body);
    Await.until("the hub asks for news at " + path, () -> !pages.isWaiting(path));
    int asked = pages.asked(path);
    Await.until(
        "the hub asks again at " + path + " once it has a page", () -> pages.asked(path) > asked);
    return Told.NOTHING;
  }

  @Override
  public boolean hasProperties() {
    return false;
  }
}
