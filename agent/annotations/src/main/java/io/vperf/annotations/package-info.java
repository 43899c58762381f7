/**
 * What applications compile against: the annotation, nothing else. Depends on nothing. The agent never loads these
 * classes; it recognises them by name in class files, so that an application may bring any version or none.
 */
package io.vperf.annotations;
