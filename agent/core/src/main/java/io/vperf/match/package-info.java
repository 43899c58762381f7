/**
 * What would be measured of an application, told without running anything: {@link io.vperf.match.Matching} reads class files
 * from jars and folders, asks {@link io.vperf.instrument.ClassPreview}, which is the agent's own choice, and {@link
 * io.vperf.match.MatchText} prints it. Used by the command {@code match}, on its thread.
 */
@NullMarked
package io.vperf.match;

import org.jspecify.annotations.NullMarked;
