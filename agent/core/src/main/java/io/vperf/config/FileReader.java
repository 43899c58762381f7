package io.vperf.config;

import java.io.IOException;

/** Reads a config file. */
public interface FileReader {

    /** The file's content; the exception tells the system's reason. */
    byte[] read(String path) throws IOException;
}
