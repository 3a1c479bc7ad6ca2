/**
 * Tells people outside of alerts: by webhook, by mail, and through connectors. Uses alerts, the
 * connectors and what a delivery is made of; the operations interface uses it.
 */
package io.tickethub.notice;
