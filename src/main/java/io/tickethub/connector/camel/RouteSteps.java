package io.tickethub.connector.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/** The steps of a route, for people. Values of settings are not in it: they may be secrets. */
public final class RouteSteps {

  private static final int LONGEST = 160;

  private RouteSteps() {}

  /**
   * A step.
   *
   * @param kind as Camel calls it, such as {@code to} or {@code choice}
   * @param text what it does or where it leads
   * @param steps those within it, one after the other; within a choice, its branches
   */
  public record Step(String kind, String text, List<Step> steps) {}

  static Step of(RouteDefinition route) {
    return new Step("from", from(route), steps(route, route.getOutputs()));
  }

  /** Where a route begins. */
  static String from(RouteDefinition route) {
    return withoutOptions(filled(route, route.getInput().getEndpointUri()));
  }

  private static List<Step> steps(RouteDefinition route, List<ProcessorDefinition<?>> outputs) {
    return outputs.stream().map(output -> step(route, output)).toList();
  }

  private static Step step(RouteDefinition route, ProcessorDefinition<?> node) {
    List<Step> inner = new ArrayList<>();
    if (node instanceof ChoiceDefinition choice) {
      choice
          .getWhenClauses()
          .forEach(
              when ->
                  inner.add(
                      new Step(
                          "when",
                          shortened(filled(route, condition(when.getExpression()))),
                          steps(route, when.getOutputs()))));
      if (choice.getOtherwise() != null) {
        inner.add(new Step("otherwise", "", steps(route, choice.getOtherwise().getOutputs())));
      }
    } else {
      inner.addAll(steps(route, node.getOutputs()));
    }
    return new Step(node.getShortName(), shortened(text(route, node)), inner);
  }

  private static String text(RouteDefinition route, ProcessorDefinition<?> node) {
    if (node instanceof ToDynamicDefinition dynamic) {
      return withoutOptions(filled(route, dynamic.getUri()));
    }
    if (node instanceof EndpointRequiredDefinition to) {
      return withoutOptions(filled(route, to.getEndpointUri()));
    }
    if (node instanceof ChoiceDefinition) {
      return "";
    }
    if (node instanceof SetHeaderDefinition header) {
      return header.getName() + " = " + expression(route, header);
    }
    if (node instanceof SetVariableDefinition variable) {
      return variable.getName() + " = " + expression(route, variable);
    }
    String label = node.getLabel();
    return label.equals(node.getShortName()) ? "" : filled(route, label);
  }

  private static String expression(RouteDefinition route, ExpressionNode node) {
    return filled(route, condition(node.getExpression()));
  }

  private static String condition(ExpressionDefinition expression) {
    return expression == null ? "" : String.valueOf(expression.getExpression());
  }

  /** A route of a template has parameters of its own; those of the connector stay names. */
  private static String filled(RouteDefinition route, String text) {
    String filled = text;
    Map<String, Object> parameters = route.getTemplateParameters();
    if (parameters != null) {
      for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
        String value = String.valueOf(parameter.getValue());
        filled =
            filled
                .replace("{{" + parameter.getKey() + "}}", value)
                .replace("{{?" + parameter.getKey() + "}}", value);
      }
    }
    return filled;
  }

  /** Options of an endpoint hold what it logs in with. */
  private static String withoutOptions(String uri) {
    return uri.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
