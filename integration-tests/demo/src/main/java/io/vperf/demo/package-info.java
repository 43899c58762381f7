/** The program the README measures: dense matrix products of several sizes, from several threads. */
package io.vperf.demo;
