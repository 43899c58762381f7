package io.vperf.cost;

import io.vperf.shim.Capability;

/**
 * One row of the table.
 *
 * @param group of rows it stands in
 * @param name of what was measured
 * @param cost or why it cannot be had here
 */
public record CostRow(String group, String name, Capability<Cost> cost) {}
