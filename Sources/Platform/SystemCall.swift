import Glibc

/// Makes a system call again for as long as a signal interrupts it (`EINTR`, signal(7)). Returns the call's result, which
/// is -1 where it has failed for another reason, told by `errno`.
@inlinable
package func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || !wasInterrupted() { return result }
    }
}

@usableFromInline
package func wasInterrupted() -> Bool { errno == EINTR }
