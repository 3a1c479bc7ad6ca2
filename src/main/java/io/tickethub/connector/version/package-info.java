/**
 * What connectors' folders hold and held: contents of a moment, kept versions, differences. Knows
 * nothing of what the files mean.
 */
package io.tickethub.connector.version;
