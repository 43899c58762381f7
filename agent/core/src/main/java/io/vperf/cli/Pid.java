package io.vperf.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A process's number as people give it; picocli's own message names a type of Java's. */
final class Pid implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            long pid = Long.parseLong(text);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is no process: give its number, such as 4711; java -jar"
                + " vperf.jar list names the JVMs of this machine");
    }
}
