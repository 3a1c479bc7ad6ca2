/**
 * The connector kit: what engineers build, try, test and grade connectors with. Each part has a
 * package of its own below.
 */
package io.tickethub.kit;
