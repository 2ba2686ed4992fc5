import CLinux
import Glibc

/// Signals taken by a thread that waits for them, instead of a handler that may do next to nothing.
package enum Signals {
    /// Keeps the signals from interrupting this thread and every thread it starts afterwards: call it before any.
    package static func block(_ signals: [Int32]) {
        var set = makeSet(signals)
        // Fails only for an unknown `how`.
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Lets the signals do what they do by default again, to the process as a whole.
    package static func unblock(_ signals: [Int32]) {
        var set = makeSet(signals)
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// A peer that has gone away is an error of the call that writes to it, in every thread, and not the end of the
    /// process: sendfile(2) has no MSG_NOSIGNAL, and a log may be a pipe.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Waits until one of these arrives, which must be blocked, and returns it.
    package static func wait(for signals: [Int32]) -> Int32 {
        var set = makeSet(signals)
        var signal: Int32 = 0
        while unsafe sigwait(&set, &signal) != 0 {}
        return signal
    }

    /// Waits until one of these arrives, which must be blocked, or there is input on the descriptor. Returns the signal;
    /// nil for input.
    package static func wait(for signals: [Int32], orInputOn descriptor: Int32) -> Int32? {
        var set = makeSet(signals)
        let number = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC))
        guard number >= 0 else { return nil }
        let queue = FileDescriptor(owning: number)
        var wanted = [
            pollfd(fd: queue.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = uninterrupted { unsafe poll(&wanted, 2, -1) }
        return wanted[0].revents == 0 ? nil : wait(for: signals)
    }

    private static func makeSet(_ signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal) }
        return set
    }
}
