/**
 * What partners and the call centre are assessed by, month by month: figures computed from the
 * events of the tickets that were closed in a month, kept with the tickets they were made from, and
 * published. Uses the packages of the domain and the intake; only the command line and the api use
 * it.
 */
package io.tickethub.assessment;
