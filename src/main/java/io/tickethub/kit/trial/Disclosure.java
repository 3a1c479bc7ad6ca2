package io.tickethub.kit.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tickethub.privacy.Masking;
import io.tickethub.privacy.Masking.Kind;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of one message may be shown: personal data is masked by the product adapter, by the names of
 * fields, and by what looks like it in free text.
 */
public final class Disclosure {

  private static final Map<Kind, Pattern> PERSONAL_FIELDS =
      Map.of(
          Kind.NAME,
          names(
              "(customer|contact|user|person|patient|owner|driver|full|real|link)[-_ ]?(man|name)|name"
                  + "|姓名|客户名称?|用户名称?|联系人(姓名)?|机主"),
          Kind.PHONE,
          names(
              ".*(phone|mobile|telephone|contact[-_ ]?(no|number)).*|tel|contact"
                  + "|.*(电话|手机|联系方式|联系信息|联系号码).*"),
          Kind.ADDRESS,
          names(".*address.*|addr|.*(地址|住址).*"),
          Kind.IDENTITY_CARD,
          names(".*identity[-_ ]?(card|no|number)?|id[-_ ]?card([-_ ]?no)?|.*(身份证|证件号).*"),
          Kind.CARD,
          names("account|bank[-_ ]?card|.*(账号|帐号|银行卡).*"));

  /** Fields of the canonical ticket that name nothing personal, whatever they look like. */
  private static final Set<String> PLAIN_FIELDS =
      Set.of("id", "hub", "number", "aliases", "productClass", "messageId");

  private static final int SHORTEST = 2;

  private final ProductCatalog products;
  private final boolean all;
  private final Set<String> known = new LinkedHashSet<>();

  /** {@code all} shows everything. */
  public Disclosure(ProductCatalog products, boolean all) {
    this.products = products;
    this.all = all;
  }

  private static Pattern names(String names) {
    return Pattern.compile(names, Pattern.CASE_INSENSITIVE);
  }

  /** Learns from a tree which texts are personal, to find them again elsewhere. */
  public void learn(JsonNode tree) {
    learnProduct(tree);
    if (tree.isObject()) {
      tree.fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isValueNode() && kind(field.getKey()).isPresent()) {
                  know(field.getValue());
                } else {
                  learn(field.getValue());
                }
              });
    } else if (tree.isArray()) {
      tree.forEach(this::learn);
    }
  }

  private void learnProduct(JsonNode content) {
    Optional<ProductAdapter> product = products.find(content.path("productClass").asText(null));
    product.ifPresent(
        adapter ->
            adapter
                .masking()
                .keySet()
                .forEach(name -> know(content.path("attributes").path(name))));
  }

  private void know(JsonNode value) {
    if (value.isValueNode() && value.asText().length() >= SHORTEST) {
      known.add(value.asText());
    }
  }

  private static Optional<Kind> kind(String field) {
    return PERSONAL_FIELDS.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(field).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  public String text(String text) {
    return all ? text : Masking.text(text, known);
  }

  /** A text whose personal data cannot be found, because it could not be parsed. */
  String unparsed(String text) {
    return all || text == null ? text : "(not shown: it is not parsed, --unmask shows it)";
  }

  /** A value of a field, such as the one that is wrong. */
  String value(String field, String value) {
    if (all || value == null) {
      return value;
    }
    String name = field == null ? "" : field.substring(field.lastIndexOf('.') + 1);
    return kind(name).map(kind -> Masking.mask(kind, value)).orElseGet(() -> text(value));
  }

  /** A tree as its system wrote it. */
  public JsonNode source(JsonNode tree) {
    return all ? tree : masked(tree, "", false);
  }

  /** A tree of the hub's own. */
  JsonNode canonical(JsonNode tree) {
    return all ? tree : masked(tree, "", true);
  }

  private JsonNode masked(JsonNode tree, String field, boolean canonical) {
    if (canonical && PLAIN_FIELDS.contains(field)) {
      return tree;
    }
    if (tree.isObject()) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      tree.fields()
          .forEachRemaining(
              entry ->
                  result.set(entry.getKey(), masked(entry.getValue(), entry.getKey(), canonical)));
      return result;
    }
    if (tree.isArray()) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      tree.forEach(item -> result.add(masked(item, field, canonical)));
      return result;
    }
    if (!tree.isTextual() && !tree.isNumber()) {
      return tree;
    }
    String masked = value(field, tree.asText());
    return masked.equals(tree.asText()) ? tree : TextNode.valueOf(masked);
  }
}
