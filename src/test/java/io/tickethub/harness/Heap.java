package io.tickethub.harness;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive in this process. */
public final class Heap {

  private Heap() {}

  /** Class name → how many instances a full garbage collection left. */
  public static Map<String, Long> instances() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> instances = new TreeMap<>();
    for (String line : histogram.lines().toList()) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length >= 4 && columns[0].endsWith(":")) {
        instances.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
      }
    }
    return instances;
  }
}
