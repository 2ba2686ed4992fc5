import Glibc

/// The system's clocks.
package enum Clock {
    /// Seconds since 1970, as `Date` shows them.
    package static var unixSeconds: Int64 { read(CLOCK_REALTIME_COARSE).seconds }

    /// Milliseconds since 1970.
    package static var unixMilliseconds: Int64 {
        let time = read(CLOCK_REALTIME)
        return time.seconds * 1000 + time.nanoseconds / 1_000_000
    }

    /// Milliseconds of a clock that never goes back: for deadlines.
    package static var milliseconds: Int64 {
        let time = read(CLOCK_MONOTONIC)
        return time.seconds * 1000 + time.nanoseconds / 1_000_000
    }

    /// Microseconds of the same clock: for how long something took.
    package static var microseconds: Int64 {
        let time = read(CLOCK_MONOTONIC)
        return time.seconds * 1_000_000 + time.nanoseconds / 1000
    }

    /// Microseconds that all threads of the process have spent on processors.
    package static var processorMicroseconds: Int64 {
        let time = read(CLOCK_PROCESS_CPUTIME_ID)
        return time.seconds * 1_000_000 + time.nanoseconds / 1000
    }

    private static func read(_ clock: clockid_t) -> (seconds: Int64, nanoseconds: Int64) {
        var time = timespec()
        // Fails only for a clock the kernel does not have, and Linux has had both since 2.6.32.
        unsafe clock_gettime(clock, &time)
        return (Int64(time.tv_sec), Int64(time.tv_nsec))
    }
}

extension Duration {
    /// Rounded up, so that a deadline never comes early.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
