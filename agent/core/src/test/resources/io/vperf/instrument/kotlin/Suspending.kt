package io.vperf.it

import io.vperf.annotations.Measured

@Measured
open class Suspending {

    /** Suspends, and is entered again to go on. */
    open suspend fun twice(number: Int): Int = step(number) + step(number)

    suspend fun without() {}

    protected suspend fun step(number: Int): Int = number + 1

    fun plain(number: Int): Int = number
}

class SuspendingMethod {

    @Measured("own name")
    suspend fun <T> generic(value: T, vararg more: Long): T = value
}
