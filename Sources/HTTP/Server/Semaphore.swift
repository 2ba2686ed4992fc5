import Glibc

/// A counter that threads wait on (sem_overview(7)).
@safe
final class Semaphore: @unchecked Sendable {
    // The C library makes every access to a semaphore safe from any thread; its address must not change.
    private let handle: UnsafeMutablePointer<sem_t>

    init() {
        unsafe handle = .allocate(capacity: 1)
        // Fails only for a start value above SEM_VALUE_MAX.
        unsafe sem_init(handle, 0, 0)
    }

    deinit {
        unsafe sem_destroy(handle)
        unsafe handle.deallocate()
    }

    func signal() {
        unsafe sem_post(handle)
    }

    func wait() {
        while unsafe sem_wait(handle) != 0 {}  // interrupted by a signal: wait again
    }
}
