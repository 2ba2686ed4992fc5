import Glibc

/// The file that this program runs from.
enum Executable {
    /// Nil where it has been removed.
    static var path: String? {
        guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}
