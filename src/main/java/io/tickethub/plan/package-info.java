/**
 * Periodic inspections and visits (巡检、走访): plans as data, and the tickets they make at their time
 * through the intake, each once. Uses the packages of the domain and the intake; only the command
 * line and the api use it.
 */
package io.tickethub.plan;
