import Glibc

/// Lets a thread wait for another one.
@safe
final class Semaphore: Sendable {
    // A semaphore is made to be shared by threads; it must not move, so it has a place of its own.
    nonisolated(unsafe) private let handle: UnsafeMutablePointer<sem_t>

    init() {
        unsafe handle = .allocate(capacity: 1)
        unsafe sem_init(handle, 0, 0)
    }

    deinit {
        unsafe sem_destroy(handle)
        unsafe handle.deallocate()
    }

    func signal() { unsafe sem_post(handle) }

    /// Blocks until `signal` has been called once more than `wait` has returned.
    func wait() {
        // A signal handler may cut the wait short.
        while unsafe sem_wait(handle) != 0 {}
    }
}
