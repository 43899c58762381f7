package io.vperf.config;

/** How much vperf prints on stderr; each level prints what those before it print. */
public enum LogLevel {
    OFF,
    INFO,
    DEBUG
}
