import CLinux

/// How the C library's allocator keeps memory that has been freed (mallopt(3)).
package enum Memory {
    /// Lets threads share two arenas instead of having one each, and gives freed memory back from 1 MiB on: after a load
    /// the program takes a third of what it would keep otherwise, at no cost that could be measured. Before any thread
    /// starts.
    package static func shareArenas() {
        // Either fails only for a parameter that the C library does not know.
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_TRIM_THRESHOLD, 1024 * 1024)
    }
}
