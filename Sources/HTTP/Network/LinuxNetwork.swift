import CLinux
import Glibc
import Platform

/// The kernel's clocks, and an epoll instance (epoll(7)). Everything is registered once, edge-triggered, with a token that
/// comes back with its events: no system call is spent on changing what is waited for.
@safe
final class LinuxNetwork: Network {
    /// Events taken at one time.
    private static let batchSize = 256

    private let poller: FileDescriptor
    /// A counter that wakes the poller from any thread (eventfd(2)). Edge-triggered, it need never be read.
    private let counter: FileDescriptor
    private var events = unsafe [epoll_event](repeating: epoll_event(), count: batchSize)
    private var thread = pthread_t()

    init() throws(SystemError) {
        let poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poller >= 0 else { throw SystemError("epoll_create1") }
        self.poller = FileDescriptor(owning: poller)
        let counter = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard counter >= 0 else { throw SystemError("eventfd") }
        self.counter = FileDescriptor(owning: counter)
        try watch(counter, token: NetworkEvent.wakeUp)
    }

    var microseconds: Int64 { Clock.microseconds }
    var unixSeconds: Int64 { Clock.unixSeconds }
    var isOwnThread: Bool { pthread_equal(pthread_self(), thread) != 0 }

    func enterThread() { thread = pthread_self() }

    func watch(_ descriptor: Int32, token: UInt64) throws(SystemError) {
        let bits = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        var event = unsafe epoll_event(events: bits, data: epoll_data_t(u64: token))
        guard unsafe epoll_ctl(poller.number, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    func wait(timeout: Int64?) -> Int {
        let timeout = timeout.map { Int32(clamping: max(0, $0)) } ?? -1
        let count = unsafe epoll_wait(poller.number, &events, Int32(Self.batchSize), timeout)
        // Fails only when a signal interrupts it (epoll_wait(2)): then nothing has happened, and the caller comes back.
        return max(0, Int(count))
    }

    func event(_ index: Int) -> NetworkEvent {
        let event = unsafe events[index]
        // `watch` has set this member of the union.
        let (token, bits) = unsafe (event.data.u64, event.events)
        func has(_ flags: UInt32) -> Bool { bits & flags != 0 }
        // EPOLLHUP without EPOLLERR: both sides have ended what they send.
        return NetworkEvent(
            token: token,
            isReadable: has(EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue),
            isWritable: has(EPOLLOUT.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue),
            endsReading: has(EPOLLRDHUP.rawValue | EPOLLHUP.rawValue), isBroken: has(EPOLLERR.rawValue))
    }

    func wakeUp() {
        // Fails only when the counter is full, 2^64 signals ahead.
        _ = eventfd_write(counter.number, 1)
    }
}
