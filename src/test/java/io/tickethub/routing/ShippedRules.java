package io.tickethub.routing;

import io.tickethub.product.ProductCatalog;
import java.nio.file.Path;

/** The rules and product adapters of the source tree. */
final class ShippedRules {

  static final ProductCatalog PRODUCTS = ProductCatalog.read(Path.of("connectors", "products"));
  static final Ownership OWNERSHIP = Ownership.read(Path.of("routes", "ownership.yaml"), PRODUCTS);
  static final Router ROUTER =
      Router.read(Path.of("routes", "participants.yaml"), OWNERSHIP, PRODUCTS);

  private ShippedRules() {}
}
