import CLinux
import Platform

/// A counter that wakes a `Poller` from any thread (eventfd(2)). Edge-triggered, it need never be read.
struct WakeUp: ~Copyable {
    private let descriptor: FileDescriptor

    init() throws(SystemError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard number >= 0 else { throw SystemError("eventfd") }
        descriptor = FileDescriptor(owning: number)
    }

    var number: Int32 { descriptor.number }

    borrowing func signal() {
        // Fails only when the counter is full, 2^64 signals ahead.
        _ = eventfd_write(descriptor.number, 1)
    }
}
