package io.vperf.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The number of another process, as it is written on a command line. */
final class ProcessId implements ITypeConverter<Long> {

    @Override
    public Long convert(String word) {
        try {
            long pid = Long.parseLong(word);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException e) {
            // told as one that is too small
        }
        throw new TypeConversionException("'" + word
                + "' is no process id, a number from 1 on; java -jar vperf.jar list names the JVMs there are");
    }
}
