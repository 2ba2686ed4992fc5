import CLinux
import Glibc

/// A counter that threads wait on (sem_overview(7)).
@safe
package final class Semaphore: @unchecked Sendable {
    // The C library makes every access to a semaphore safe from any thread; its address must not change.
    private let handle: UnsafeMutablePointer<sem_t>

    package init() {
        unsafe handle = .allocate(capacity: 1)
        // Fails only for a start value above SEM_VALUE_MAX.
        unsafe sem_init(handle, 0, 0)
    }

    deinit {
        unsafe sem_destroy(handle)
        unsafe handle.deallocate()
    }

    package func signal() {
        unsafe sem_post(handle)
    }

    /// Blocks until `signal` has been called once more than `wait` has returned.
    package func wait() {
        _ = uninterrupted { unsafe sem_wait(handle) }
    }

    /// The same, for no longer than that. Returns whether it was signalled.
    @discardableResult
    package func wait(upTo limit: Duration) -> Bool {
        var end = timespec()
        // Fails only for a clock the kernel does not have.
        unsafe clock_gettime(CLOCK_MONOTONIC, &end)
        let (seconds, attoseconds) = limit.components
        let nanoseconds = end.tv_nsec + Int(attoseconds / 1_000_000_000)
        end.tv_sec += time_t(seconds) + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        return uninterrupted { unsafe sem_clockwait(handle, CLOCK_MONOTONIC, &end) } == 0
    }
}
