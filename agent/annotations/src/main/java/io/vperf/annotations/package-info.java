/**
 * What applications compile against: the annotation, regions and two readings. Depends on nothing. The agent knows these
 * classes by name in class files, so that an application may bring any version, several copies, or for the annotation none.
 */
package io.vperf.annotations;
