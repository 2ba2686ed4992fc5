import Glibc
import Synchronization

/// Lets threads wait until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic(false)

    func open() { isOpen.store(true, ordering: .releasing) }

    func close() { isOpen.store(false, ordering: .releasing) }

    func wait() { wait(atMost: .max) }

    /// The same, for so many milliseconds at most.
    func wait(atMost milliseconds: Int) {
        var left = milliseconds
        while left > 0, !isOpen.load(ordering: .acquiring) {
            usleep(1000)
            left -= 1
        }
    }
}
