/**
 * Writes new connectors' folders: from a skeleton of a route template, or from samples of what a
 * system sends, with every guess marked.
 */
package io.tickethub.kit.scaffold;
